"""The rules of accessibility that axe-core can check."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
# Only elements that break a rule are described: describing the others takes most of the time.
OPTIONS = {"resultTypes": ["violations"]}


def grave(page: Page, within: str | dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """What breaks a rule gravely in a part of a page: rule, element, and what axe says of it."""
    found = Axe().run(page, context=within, options=OPTIONS).response["violations"]
    return [
        (rule["id"], node["target"], node["failureSummary"])
        for rule in found
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]
