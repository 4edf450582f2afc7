"""Addresses of the files that charts, exports and pages fetch: shapes, tables, scripts, icons."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard.catalogue.description import PACKAGE_FILES
from dashboard.catalogue.geography import geography_names, geography_path, geography_version
from dashboard.catalogue.loading import DATA
from dashboard.serving.files import IMMUTABLE, MEDIA_TYPES, REVALIDATE, ServedFile

ASSET_FOLDER = Path(__file__).parents[1] / "ui" / "assets"
PLOTLY_SCRIPT = "plotly.min.js"
# plotly.js is one function that is given to another one, which calls it: how it begins, within so
# many bytes, and how both end.
_BEGINS, _WITHIN, _ENDS = b", () => {\n", 1000, b"\n}));"


@cache
def plotly_url() -> str:
    """Address of the plotly.js that belongs to the installed Plotly, safe to be cached for good."""
    return f"/vendor/{PLOTLY_SCRIPT}?v={version('plotly')}"


def read_once(script: bytes) -> bytes:
    """plotly.js with brackets around its function, so that a browser reads it once.

    What a function holds is only skimmed until it is called, and then read again from its start to
    its end. In brackets it is taken for one that is called at once and read at once (V8 documents
    it as a "possibly invoked function expression"). With 4.8 MB that spares a sixth of the time
    until the library stands. A script that has another shape is returned as it is.
    """
    begins = script.find(_BEGINS, 0, _WITHIN)
    if begins < 0 or not script.endswith(_ENDS):
        return script
    function = script[begins + 2 : -len(_ENDS)] + b"\n}"
    return script[:begins] + b", (" + function + b")));"


def asset_url(name: str) -> str:
    """Address of a file in `dashboard/ui/assets`, safe to be cached for good.

    Raises:
        KeyError: if there is no such file.
    """
    return f"/assets/{name}?v={_asset_versions()[name]}"


def keep_script(name: str, content: str) -> str:
    """Keep the script of a component, and return its address, safe to be cached for good.

    Streamlit sends the script of a component with every message that draws it; a browser fetches
    it from here once.

    Args:
        name: of the file, with `.js`.
        content: an ES module.
    """
    _scripts.files[name] = ServedFile(Path(name), content.encode())
    _scripts.versions[name] = _version(content.encode())
    return script_url(name)


def script_url(name: str) -> str:
    """The address of the script of a component.

    Raises:
        KeyError: if none of this name is kept.
    """
    return f"/script/{name}?v={_scripts.versions[name]}"


def package_url(name: str) -> str:
    """Address of a file of the data package, for people and programs; always the present one.

    Raises:
        KeyError: if the package has no such file.
    """
    if name not in PACKAGE_FILES:
        raise KeyError(name)
    return f"/package/{name}"


@cache
def _asset_versions() -> dict[str, str]:
    """Hash of each file in the folder of assets, by file name."""
    paths = (path for path in sorted(ASSET_FOLDER.glob("*")) if path.suffix in MEDIA_TYPES)
    return _versions({path.name: path for path in paths})


def _versions(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: _version(path.read_bytes()) for name, path in files.items()}


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


class VersionedFiles:
    """Answers for a set of files: no name that is not in the set ever reaches the disk."""

    def __init__(self, kind: str, files: Mapping[str, Path], versions: Mapping[str, str]) -> None:
        """Take the files and their versions by name; `kind` is the word for them in messages."""
        self.kind = kind
        self.files = {name: ServedFile(path) for name, path in files.items()}
        self.versions = dict(versions)

    async def __call__(self, request: Request) -> Response:
        """The file named in the address, or 404 and the names there are."""
        name = request.path_params["name"]
        if name not in self.files:
            known = ", ".join(sorted(self.files)) or "none"
            return PlainTextResponse(f"No {self.kind} of this name. There are: {known}.\n", 404)
        # Whoever asks for the present version may keep it; an old link gets the present file, but
        # must not keep it under the old version.
        is_present = request.query_params.get("v") == self.versions[name]
        return await self.files[name].respond(
            request.headers,
            cache_control=IMMUTABLE if is_present else REVALIDATE,
            head=request.method == "HEAD",
        )


# Filled as the modules of the components are imported.
_scripts = VersionedFiles("script", {}, {})


@cache
def versioned_files() -> dict[str, VersionedFiles]:
    """Files by the first part of their address: `geography`, `package`, `vendor` and so on."""
    geographies = {name: geography_path(name) for name in geography_names()}
    geography_versions = {name: geography_version(name) for name in geographies}
    script = Path(str(files("plotly"))) / "package_data" / PLOTLY_SCRIPT
    assets = {name: ASSET_FOLDER / name for name in _asset_versions()}
    package = {name: DATA / name for name in PACKAGE_FILES}
    held = {
        prefix: VersionedFiles(kind, paths, versions)
        for prefix, kind, paths, versions in (
            ("geography", "boundaries", geographies, geography_versions),
            ("package", "file", package, _versions(package)),
            ("vendor", "script", {PLOTLY_SCRIPT: script}, {PLOTLY_SCRIPT: version("plotly")}),
            ("assets", "file", assets, _asset_versions()),
        )
    }
    held["vendor"].files[PLOTLY_SCRIPT] = ServedFile(script, read_once(script.read_bytes()))
    return held | {"script": _scripts}


def file_routes() -> list[Route]:
    """Routes `/geography/<name>`, `/package/<file>`, `/script/<name>` and the like."""
    return [
        Route(f"/{prefix}/{{name:path}}", files.__call__)
        for prefix, files in versioned_files().items()
    ]


def page_files() -> list[ServedFile]:
    """Files that every first visitor fetches, the largest first."""
    kinds = versioned_files()
    return [
        file
        for prefix in ("vendor", "geography", "assets", "script")
        for file in kinds[prefix].files.values()
    ]
