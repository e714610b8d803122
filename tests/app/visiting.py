"""A person at the page in Debian's chromium, with every request recorded; screenshots are left in results/screenshots/."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
SCREENSHOTS = Path(__file__).parents[2] / "results" / "screenshots"
WIDE, NARROW = {"width": 1200, "height": 900}, {"width": 390, "height": 844}
LONG_MS = 180_000
expect.set_options(timeout=30_000)  # machines that test are busy


@cache
def axe_source() -> str:
    """The accessibility checker, as a test-time package carries it."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Visit:
    """A person at the page: the window, all requests it made, and what it said of broken rules."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def check(self, name: str) -> None:
        """A screenshot, no broken rule of accessibility, and nothing wider than the window."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        width = (self.page.viewport_size or WIDE)["width"]
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        self.page.evaluate(axe_source())
        found: dict[str, Any] = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        broken = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
        assert broken == [], name
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is too wide"


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser."""
    assert Path(CHROMIUM).exists(), "chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def visit(
    browser: Browser, address: str, size: dict[str, int], **options: Any
) -> tuple[BrowserContext, Visit]:
    """A window of a size, and the person at it."""
    context = browser.new_context(viewport=size, accept_downloads=True, **options)  # type: ignore[arg-type]
    context.set_default_timeout(LONG_MS)
    page = context.new_page()
    visitor = Visit(page, address)
    page.on("request", lambda request: visitor.requests.append(request.url))
    page.on("console", lambda message: visitor.complaints.append(message.text))
    page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
    return context, visitor
