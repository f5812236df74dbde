"""Every page can be found, what the pages quote is on the screens, and a decision states its price."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import every_page
from tests.house.rules import REPO

DOCS = REPO / "docs"
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
TUTORIALS = sorted((DOCS / "tutoriels").glob("*.md"))
APP = REPO / "src/terreau/app"


def lost(pages, index):
    return [page.name for page in pages if not re.search(rf"\]\([^)]*{re.escape(page.name)}\)", index)]


def test_every_page_is_in_the_index_and_every_decision_in_its_list():
    pages = [page for page in every_page() if DOCS in page.parents and "decisions" not in page.parts]
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    assert lost([page for page in pages if page.name != "README.md"], index) == []
    assert lost(DECISIONS, (DOCS / "decisions/README.md").read_text(encoding="utf-8")) == []


def test_a_page_out_of_the_index_is_seen():
    assert lost([Path("x/perdue.md")], "[trouvée](x/trouvee.md)") == ["perdue.md"]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_what_why_and_its_price(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.name[:4]}. ")
    for part in ("**Décision.**", "**Pourquoi.**", "**Prix.**"):
        assert part in text, part


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_the_buttons_and_pages_a_tutorial_names_are_on_the_screens(page):
    screens = "\n".join(
        path.read_text(encoding="utf-8") for kind in ("*.html", "*.py") for path in sorted(APP.rglob(kind))
    )
    browser = " ".join(page.read_text(encoding="utf-8").split("## Dans le navigateur")[1].split())
    named = re.findall(r"«\s(.*?)\s»", browser)
    assert len(named) >= 7
    assert [words for words in named if words not in screens] == []


def test_links_to_a_part_of_a_page_lead_to_a_heading():
    broken = []
    for page in every_page():
        for target, anchor in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", page.read_text(encoding="utf-8")):
            goal = page if not target else (page.parent / target).resolve()
            if "://" not in target and anchor not in _anchors(goal):
                broken.append(f"{page.name} -> {target}#{anchor}")
    assert broken == []


def _anchors(page):
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
