"""One visit of a page by a real browser, and everything measured during it.

Requests and bytes are those of a first visit (empty cache). Elements are counted as the EcoIndex
protocol does: children of an svg are left out.
"""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

ELEMENTS = "document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
INLINE = (
    "document.querySelectorAll('[style], style, script:not([src])').length"
    " + [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
)
ELSEWHERE = (
    "[...document.querySelectorAll('[src], link[href]')].map(e => e.src || e.href)"
    ".filter(u => !u.startsWith(location.origin) && !u.startsWith('data:'))"
)
UNNAMED_SVG = (
    "[...document.querySelectorAll('svg[role=img]')].filter(s => !s.querySelector('title')?.textContent).length"
)
DUPLICATES = "(() => { const s = {}; document.querySelectorAll('[id]').forEach(e => s[e.id] = (s[e.id] || 0) + 1);"
DUPLICATES += " return Object.keys(s).filter(k => s[k] > 1) })()"
FOCUSED = """() => { const e = document.activeElement; const s = getComputedStyle(e);
  return {tag: e.tagName, href: e.getAttribute('href'), seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2} }"""


@dataclass(kw_only=True)
class Visit:
    """What one page weighed and how it behaved."""

    path: str
    status: int = 0
    requests: int = 0
    bytes: int = 0
    elements: int = 0
    violations: list[str] = field(default_factory=list)
    overflow: dict[int, int] = field(default_factory=dict)
    headings: int = 0
    title: str = ""
    language: str = ""
    inline: int = 0
    elsewhere: list[str] = field(default_factory=list)
    unnamed_drawings: int = 0
    duplicate_ids: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    skip: dict[str, Any] = field(default_factory=dict)
    reached: str = ""
    hidden_focus: list[str] = field(default_factory=list)
    text: str = ""
    text_without_script: str = ""
    pdf: bytes = b""


def visit(browser: Browser, address: str, path: str, cookies: list[dict[str, Any]], *, whole: bool = True) -> Visit:
    """Everything about one page, in the language its cookies ask for; its content only unless ``whole``."""
    seen = Visit(path=path)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies(cookies)
    page = context.new_page()
    _weigh(context, page, address + path, seen)
    _inspect(page, seen)
    if whole:
        _behave(browser, page, address + path, cookies, seen)
    context.close()
    return seen


def _behave(browser: Browser, page: Page, url: str, cookies: list[dict[str, Any]], seen: Visit) -> None:
    """By keyboard, on a phone, on paper, without script."""
    _walk(page, seen)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        seen.overflow[width] = page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": 1280, "height": 900})
    seen.pdf = page.pdf(format="A4", print_background=False)
    _without_script(browser, url, cookies, seen)


def _weigh(context: BrowserContext, page: Page, url: str, seen: Visit) -> None:
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setCacheDisabled", {"cacheDisabled": True})
    finished: list[float] = []
    network.on("Network.loadingFinished", lambda event: finished.append(event["encodedDataLength"]))
    page.on("console", lambda message: seen.console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.console.append(str(error)))
    response = page.goto(url, wait_until="load")
    seen.status = response.status if response else 0
    seen.requests, seen.bytes = len(finished), int(sum(finished))


def _inspect(page: Page, seen: Visit) -> None:
    seen.elements = page.evaluate(ELEMENTS)
    seen.headings = page.locator("h1").count()
    seen.title = page.title()
    seen.language = page.evaluate("document.documentElement.lang")
    seen.inline = page.evaluate(INLINE)
    seen.elsewhere = page.evaluate(ELSEWHERE)
    seen.unnamed_drawings = page.evaluate(UNNAMED_SVG)
    seen.duplicate_ids = page.evaluate(DUPLICATES)
    seen.text = page.inner_text("main")
    found = Axe().run(page).response["violations"]
    seen.violations = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


def _walk(page: Page, seen: Visit) -> None:
    """The skip link is first and leads to the content; then each stop of the keyboard shows where it is."""
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    seen.skip = page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    seen.reached = page.evaluate("location.hash")
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            break
        if not focused["seen"]:
            seen.hidden_focus.append(f"{focused['tag']} {focused['href']}")


def _without_script(browser: Browser, url: str, cookies: list[dict[str, Any]], seen: Visit) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(url)
    seen.text_without_script = page.inner_text("main")
    context.close()
