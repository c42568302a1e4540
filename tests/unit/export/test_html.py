import re
from html.parser import HTMLParser

import pytest

from deckgen.export.html.page import render_html
from tests.deck_parts import SCRIPT
from tests.decks import brief_deck, sample_deck

DECK = sample_deck()
VOID = {"meta", "br", "img", "input", "link", "hr"}


class Page(HTMLParser):
    """Collects elements, and refuses tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return render_html(DECK)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_equal_decks_give_equal_pages(text: str) -> None:
    """Rendering depends on the deck alone."""
    assert render_html(sample_deck()) == text


def test_hostile_labels_stay_text(text: str, page: Page) -> None:
    """Names and cells are data: no element, attribute or handler comes out of them, in SVG neither."""
    assert page.all("script") == []
    assert SCRIPT not in text
    assert SCRIPT in " ".join(page.text)
    assert "]]>" not in text
    assert "]]>" in " ".join(page.text)
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_the_page_needs_nothing_else(page: Page) -> None:
    """No resource is loaded and every link stays on the page."""
    links = [each["href"] for each in page.all("a")]
    assert all(link.startswith("#") for link in links)
    tags = {tag for tag, _ in page.elements}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not tags & {"link", "img", "iframe", "object", "image", "use", "base", "form"}
    assert not names & {"src", "style", "xlink:href", "action"}


def test_every_link_has_its_anchor_once(page: Page) -> None:
    """Each number on a slide leads to the row that proves it; identifiers are not used twice."""
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    facts = {each["href"] for each in page.all("a") if "fact" in each.get("class", "").split()}
    assert facts == {f"#{fact.id}" for fact in DECK.facts}
    assert {each["href"][1:] for each in page.all("a")} <= set(ids)


def test_each_fact_shows_how_it_was_computed(page: Page) -> None:
    """The section of facts has label, query, raw value and, where there was a test, its statistics."""
    everything = " ".join(page.text)
    for fact in DECK.facts:
        assert fact.label in everything
        assert fact.sql in everything
        assert str(fact.value) in everything
    assert "Mann-Kendall" in everything


def test_no_reference_is_left(page: Page) -> None:
    """Every reference is filled in; only a label out of the data looks like one."""
    assert set(re.findall(r"\{\{.*?\}\}", " ".join(page.text))) == {"{{f1}}"}


def test_the_page_has_an_outline(page: Page) -> None:
    """One h1, an h2 for every other slide and section, tables with headers, a language, a skip link."""
    assert len(page.all("h1")) == 1
    assert len(page.all("h2")) == len(DECK.slides) - 1 + 2
    assert all(header["scope"] in ("col", "row") for header in page.all("th"))
    assert page.all("html")[0]["lang"] == "en-US"
    assert page.all("a")[0]["href"] == "#slides"


def test_charts_are_described(page: Page) -> None:
    """Every drawing has a text for those who can't see it, and none of its own marks are read out."""
    drawings = [each for each in page.all("div") if each.get("role") == "img"]
    assert drawings
    assert all(each["aria-label"].startswith("A ") for each in drawings)
    assert {each["aria-hidden"] for each in page.all("svg")} == {"true"}


def test_quality_checks_are_listed(page: Page) -> None:
    """A check that failed is said to have failed, with its problems."""
    everything = " ".join(" ".join(page.text).split())
    assert "Passed Every number is bound to a fact" in everything
    assert "Failed Titles are statements" in everything
    assert "s2: too short <b>" in everything


def test_a_deck_out_of_a_brief_alone_has_no_facts() -> None:
    """Without facts there is no section of facts, and no link to one."""
    page = Page(render_html(brief_deck()))
    assert "#facts" not in {each["href"] for each in page.all("a")}
    assert "Q4 Revenue Analysis" in page.text
