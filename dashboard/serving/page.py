"""The HTML that a browser gets before any script has run."""

import re
from collections.abc import Mapping, Sequence

TITLE = "Seabelt: an atlas of East Asian industrial clusters"
DESCRIPTION = (
    "Compare East Asia's industrial clusters: who has them, what they make, who pays for them "
    "and what they yield, with a source for every number."
)
NOSCRIPT = (
    "<p>Seabelt draws its charts in your browser and needs JavaScript for it. "
    "The data are plain CSV files with a description, in the folder <code>data</code> "
    "of the project, and can be read without it.</p>"
)
# Left to itself, the front end looks for its server below the address of the page first, and a
# visitor who opens `/compare` waits for two answers of 404.
WHERE_THE_SERVER_IS = "window.__streamlit = { BACKEND_BASE_URL: window.location.origin }"
# What starts Streamlit's front end.
APPLICATION = re.compile(r'<script type="module" crossorigin src="\.(/static/js/[^"]+)"></script>')
# What stands where a part of the page will be would pulse in each frame, and take from the browser
# the time in which it could draw that part.
STILL = "[data-testid=stSkeleton] { animation: none !important; }"


def introduce(
    html: str,
    icon: str,
    scripts: Sequence[str] = (),
    before: Sequence[str] = (),
    modules: Sequence[str] = (),
    beginning: Mapping[str, str] | None = None,
) -> str:
    """Streamlit's start page with the dashboard's own title, description and icon.

    A shared link is previewed from this page, and its title stands in the tab until the
    application has loaded.

    Args:
        html: the `index.html` that Streamlit ships.
        icon: address of the icon for the tab.
        scripts: addresses of scripts that every page needs, fetched while the application starts.
        before: addresses of scripts that run before the application does.
        modules: addresses of modules that every page needs, fetched meanwhile as well.
        beginning: `script`, the address of one that starts the application when it has drawn a map,
            and what else it is told, by name. Without it, or where the application is started in
            a way that is not known here, it starts by itself.
    """
    ahead = "".join(
        f'\n    <link rel="preload" as="script" href="{address}" />' for address in scripts
    )
    ahead += "".join(
        f'\n    <link rel="modulepreload" crossorigin href="{address}" />' for address in modules
    )
    first = "".join(f'\n    <script src="{address}"></script>' for address in before)
    head = (
        f"<title>{TITLE}</title>\n"
        f'    <meta name="description" content="{DESCRIPTION}" />\n'
        f"    <style>{STILL}</style>\n"
        f"    <script>{WHERE_THE_SERVER_IS}</script>{first}{ahead}"
    )
    if beginning:
        html = _put_off(html, beginning)
    html = re.sub(r"<title>.*?</title>", head, html, count=1)
    html = re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{NOSCRIPT}</noscript>", html, flags=re.DOTALL
    )
    return html.replace("./favicon.png", icon)


def _put_off(html: str, beginning: Mapping[str, str]) -> str:
    """The page with a script in the place of the application, which is fetched meanwhile."""
    found = APPLICATION.search(html)
    if found is None:
        return html
    application = found[1]
    told = {**beginning, "application": application}
    source = told.pop("script")
    data = "".join(f' data-{name}="{value}"' for name, value in told.items())
    return html.replace(
        found[0],
        f'<link rel="modulepreload" crossorigin href="{application}" />\n'
        f'    <script src="{source}"{data}></script>',
    )
