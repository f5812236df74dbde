"""One visit of a page by a real browser, and everything measured during it.

Requests and bytes are those of a first visit (empty cache). Elements are counted as the EcoIndex
protocol does: children of an svg are left out.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Response

from .skeleton import skeleton

PROGRESS = re.compile(r"/travaux/[0-9a-f-]{36}/\?.*suite=")
LONG_WORKS = 4  # results one page may need, one after the other
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
# Each stop of the keyboard is written down by the page as it comes, and null when the focus leaves the document.
WALKED = """() => { window.stops = [];
  addEventListener('focusout', told => { if (!told.relatedTarget) stops.push(null) });
  addEventListener('focusin', ({target: e}) => { const s = getComputedStyle(e); stops.push({tag: e.tagName,
    href: e.getAttribute('href'), seen: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}) });
  document.activeElement.blur(); stops = [] }"""
SKIPPED = "() => { const [skip] = stops; stops = []; return [skip, location.hash] }"
STOPS = "stops.slice(0, (stops.indexOf(null) + 1 || stops.length + 1) - 1)"
MEASURES = f"""() => ({{elements: {ELEMENTS}, headings: document.querySelectorAll('h1').length, title: document.title,
  language: document.documentElement.lang, inline: {INLINE}, elsewhere: {ELSEWHERE}, unnamed_drawings: {UNNAMED_SVG},
  duplicate_ids: {DUPLICATES}, text: document.querySelector('main').textContent}})"""
LOOKED_AT = f"""async (rules) => ({{...({MEASURES})(),
  violations: (await axe.run(document, {{resultTypes: ['violations'], rules}})).violations
    .map(one => `${{one.id}}: ${{one.nodes[0].html.slice(0, 120)}}`)}})"""
# A page has a dozen colours and axe reads one a thousand times: half its work. Each is read by axe once, then remembered.
COLOURS_READ_ONCE = """(() => { const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) { read.call(this, text); known.set(text, [this.r, this.g, this.b, this.alpha]) }
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this } })()"""
SAME_COLOURS = {"color-contrast": {"enabled": False}}


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
    skeleton: list[object] = field(default_factory=list)
    pdf: bytes = b""


class Visitor:
    """One person with one browser tab, going from page to page with an empty cache."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        # Half a million letters: said once, not at each page.
        context.add_init_script(f"{Axe().axe_script};{COLOURS_READ_ONCE}")
        self.context, self.address, self.page = context, address, context.new_page()
        self.finished: list[float] = []
        self.said: list[str] = []
        network = context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        network.on("Network.loadingFinished", lambda event: self.finished.append(event["encodedDataLength"]))
        self.page.on("console", lambda told: self.said.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def visit(self, path: str, *, whole: bool = True, printed: bool = False) -> Visit:
        """Everything about one page, loaded once, in the language of its context; its content only unless ``whole``."""
        seen, page = Visit(path=path), self.page
        response = self._weigh(seen)
        # Contrast is the slowest rule, and the same in every language: looked at once.
        for name, value in page.evaluate(LOOKED_AT, {} if whole else SAME_COLOURS).items():
            setattr(seen, name, " ".join(value.split()) if name == "text" else value)
        if whole and seen.status == 200:  # a page of error has nothing to walk through: its status tells
            _walk(page, seen)
            _narrow(page, seen)
            sent = response.text() if response else ""
            seen.text_without_script, seen.skeleton = words_of_main(sent), skeleton(sent)
        if printed:
            seen.pdf = page.pdf(format="A4", print_background=False)
        return seen

    def again(self, path: str, other: Visit) -> Visit:
        """The same page in one more language: where it is made of the same elements, what axe said of the ``other`` is taken for it."""
        answer = self.context.request.get(self.address + path)
        sent = answer.text()
        if answer.url != self.address + path or not other.skeleton or skeleton(sent) != other.skeleton:
            return self.visit(path, whole=False)
        language = re.search(r'<html lang="(\w+)"', sent)
        return Visit(path=path, status=answer.status, text=words_of_main(sent), violations=other.violations,
                     language=language[1] if language else "")  # fmt: skip

    def _weigh(self, seen: Visit) -> Response | None:
        """The first visit of a page that is ready: one that a worker is still making is waited for, then visited anew."""
        for _ in range(LONG_WORKS + 1):
            if self.page.url.split("#")[0] == self.address + seen.path:
                self.page.goto("about:blank")  # an address that differs by its end only would not be asked again
            self.finished.clear()
            self.said.clear()
            response = self.page.goto(self.address + seen.path, wait_until="load")
            if not led_on(self.page):
                break
        seen.status = response.status if response else 0
        seen.requests, seen.bytes, seen.console = len(self.finished), int(sum(self.finished)), list(self.said)
        return response


def led_on(page: Page) -> bool:
    """Wait for the page that a progress page leads to by itself; False when there was nothing to wait for."""
    if not PROGRESS.search(page.url):
        return False
    page.wait_for_url(lambda url: not PROGRESS.search(url), timeout=180_000)
    page.wait_for_load_state("load")
    return True


def _narrow(page: Page, seen: Visit) -> None:
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        seen.overflow[width] = page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": 1280, "height": 900})


def _walk(page: Page, seen: Visit) -> None:
    """The skip link is first and leads to the content; then each stop of the keyboard shows where it is."""
    page.evaluate(WALKED)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    seen.skip, seen.reached = page.evaluate(SKIPPED)
    for _ in range(12):
        page.keyboard.down("Tab")  # held down: one stop after the other
    page.keyboard.up("Tab")
    seen.hidden_focus = [f"{one['tag']} {one['href']}" for one in page.evaluate(STOPS) if not one["seen"]]


def words_of_main(sent: str) -> str:
    """The words of the main part of what the server sent, which is what anyone who runs nothing reads."""
    words = WordsOfMain()
    words.feed(sent)
    return " ".join("".join(words.said).split())


class WordsOfMain(HTMLParser):
    """The text between ``<main>`` and ``</main>``, as written."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.inside = False
        self.first = False  # a browser leaves out a new line that opens a textarea

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.first = tag == "textarea"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "main"
        self.first = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.said.append(re.sub(r"^\r?\n", "", data) if self.first else data)
        self.first = False
