"""The interface for programs in its own words: OpenAPI 3.1, and a page for people."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from pydantic import BaseModel

from dashboard.api.charts import ChartQuery
from dashboard.api.queries import LISTINGS, MOST_ROWS, Listing
from dashboard.exports.files import FORMATS

BASE = "/api/v1"
EXAMPLE = f"{BASE}/observations?indicator=rd_expenditure_gdp&place=JPN&format=csv"
CHART_EXAMPLE = (
    f"{BASE}/charts/compare?indicator=rd_expenditure_gdp&places=JPN&places=KOR&view=line&format=svg"
)
_ANY = {"type": ["string", "number", "boolean", "null", "array", "object"]}
_ROW = {"type": "object", "additionalProperties": _ANY}


def openapi(data_version: str, pages: Sequence[str]) -> dict[str, Any]:
    """The description as OpenAPI 3.1.

    Args:
        data_version: version of the data package that answers.
        pages: addresses of the pages with charts.
    """
    paths: dict[str, Any] = {}
    for listing in LISTINGS.values():
        paths[f"/{listing.name}"] = {"get": _list(listing)}
        if listing.key:
            paths[f"/{listing.name}/{{identifier}}"] = {"get": _single(listing)}
    paths["/charts/{page}"] = {"get": _chart(pages)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Seabelt",
            "version": data_version,
            "description": "The atlas of East Asian industrial clusters, for programs: read-only. "
            "Every observation names its document and where in it.",
        },
        "servers": [{"url": BASE}],
        "paths": paths,
        "components": {
            "schemas": {
                "Rows": {
                    "type": "object",
                    "required": ["data_version", "total", "page", "size", "next", "rows"],
                    "properties": {
                        "data_version": {"type": "string"},
                        "total": {"type": "integer", "minimum": 0},
                        "page": {"type": "integer", "minimum": 1},
                        "size": {"type": "integer", "minimum": 1, "maximum": MOST_ROWS},
                        "next": {"type": ["string", "null"]},
                        "rows": {"type": "array", "items": _ROW},
                    },
                },
                "Item": {
                    "type": "object",
                    "required": ["data_version", "item"],
                    "properties": {"data_version": {"type": "string"}, "item": _ROW},
                },
                "Problem": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail", "instance"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "detail": {"type": "string"},
                        "instance": {"type": "string"},
                    },
                },
            }
        },
    }


def _list(listing: Listing) -> dict[str, Any]:
    return {
        "operationId": f"list_{listing.name}",
        "summary": f"{listing.name.capitalize()}, filtered and in parts.",
        "parameters": _parameters(listing.query),
        "responses": {
            "200": {
                "description": "A part of the list.",
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Rows"}},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            **_problems("400", "404", "405", "429"),
        },
    }


def _parameters(query: type[BaseModel]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "description": schema.pop("description", ""),
            "schema": {key: held for key, held in schema.items() if key != "title"},
        }
        for name, schema in query.model_json_schema()["properties"].items()
    ]


def _chart(pages: Sequence[str]) -> dict[str, Any]:
    page = {
        "name": "page",
        "in": "path",
        "required": True,
        "description": "Address of a page; `map` is the first.",
        "schema": {"type": "string", "enum": list(pages)},
    }
    link = {
        "name": "link",
        "in": "query",
        "style": "form",
        "explode": True,
        "description": "All parameters of the page's link, as “Copy link” of a card has them.",
        "schema": {"type": "object", "additionalProperties": {"type": "string"}},
    }
    return {
        "operationId": "get_chart",
        "summary": "A chart of a page as a file.",
        "parameters": [page, link, *_parameters(ChartQuery)],
        "responses": {
            "200": {
                "description": "The file.",
                "content": {
                    mime: {"schema": {"type": "string", "contentMediaType": mime}}
                    for mime in sorted({item.mime for item in FORMATS.values()})
                },
            },
            **_problems("400", "404", "405", "422", "429", "503"),
        },
    }


def _single(listing: Listing) -> dict[str, Any]:
    return {
        "operationId": f"get_{listing.table}",
        "summary": f"One {listing.what}.",
        "parameters": [
            {
                "name": "identifier",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_]{1,80}$"},
            }
        ],
        "responses": {
            "200": {
                "description": f"The {listing.what}.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
            },
            **_problems("400", "404", "405", "429"),
        },
    }


def _problems(*statuses: str) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": "What is wrong, and how to mend it.", "content": problem}
        for status in statuses
    }


def page(data_version: str, per_minute: int) -> str:
    """The page for people, as HTML that needs no script.

    Args:
        data_version: version of the data package that answers.
        per_minute: questions that one reader may ask in a minute; 0 is no limit.
    """
    sections = []
    for listing in LISTINGS.values():
        rows = "".join(
            f"<tr><th scope='row'><code>{escape(name)}</code></th>"
            f"<td>{escape(schema.get('description', ''))}{_values(schema)}</td></tr>"
            for name, schema in listing.query.model_json_schema()["properties"].items()
        )
        single = (
            f"<p>One {escape(listing.what)}: <code>{BASE}/{listing.name}/IDENTIFIER</code></p>"
            if listing.key
            else ""
        )
        sections.append(
            f"<h2 id='{listing.name}'><a href='{BASE}/{listing.name}?size=5'>"
            f"{BASE}/{listing.name}</a></h2>{single}<div class='wide'><table>"
            f"<thead><tr><th>Parameter</th><th>What it does</th></tr></thead>"
            f"<tbody>{rows}</tbody></table></div>"
        )
    sections.append(_charts())
    limit = f"{per_minute:,} questions a minute" if per_minute else "any number of questions"
    example = escape(EXAMPLE)
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Seabelt for programs</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 0 auto; max-width: 56rem; padding: 1.5rem; font: 1rem/1.5 sans-serif; }}
a {{ color: light-dark(#0b5e6e, #6fc3cf); overflow-wrap: anywhere; }}
.wide, pre {{ overflow-x: auto; }}
table {{ border-collapse: collapse; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0;
  border-bottom: 1px solid light-dark(#e3ded4, #263843); }}
</style></head><body><main>
<h1>Seabelt for programs</h1>
<p>All that the atlas holds, read-only, as JSON or CSV; data version {escape(data_version)}.
Every observation names its document and where in it. Described for programs in
<a href="{BASE}/openapi.json">OpenAPI 3.1</a>.</p>
<p>Example: <a href="{example}">{example}</a></p>
<pre><code>import pandas as pd

rows = pd.read_csv("http://localhost:8501{example}")
</code></pre>
<p>A list comes in parts of up to {MOST_ROWS:,} rows; <code>next</code> (in CSV, the header
<code>Link</code>) leads to the next part. One reader may ask {limit}. What is wrong with a question
is said as problem details (RFC 9457). Answers carry an <code>ETag</code>: with
<code>If-None-Match</code> nothing is sent twice.</p>
{"".join(sections)}
<p><a href="/">The atlas</a></p>
</main></body></html>
"""


def _charts() -> str:
    rows = "".join(
        f"<tr><th scope='row'><code>{escape(name)}</code></th>"
        f"<td>{escape(schema.get('description', ''))}{_values(schema)}</td></tr>"
        for name, schema in ChartQuery.model_json_schema()["properties"].items()
    )
    example = escape(CHART_EXAMPLE)
    return (
        f"<h2 id='charts'>{BASE}/charts</h2><p>A chart of a page as a file: put "
        f"<code>{BASE}/charts</code> before the path of its link (<code>/map</code> for the first "
        f"page), as <a href='{example}'>{example}</a>.</p><div class='wide'><table>"
        "<thead><tr><th>Parameter</th><th>What it does</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _values(schema: dict[str, Any]) -> str:
    values = schema.get("enum") or schema.get("items", {}).get("enum")
    said = f" One of: {', '.join(map(str, values))}." if values else ""
    if "items" in schema:
        said += " May be given several times."
    if schema.get("default") not in (None, []):
        said += f" Usually {schema['default']}."
    return escape(said)
