import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from deckgen.domain.blocks import Table, TableColumn
from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.decks import Deck, Layout
from deckgen.domain.facts import About, Fact, FactRelation
from deckgen.domain.formatting.display import TEXT
from deckgen.export.charts.viewing import view_of
from deckgen.export.html.page import render_html
from deckgen.export.html.viewer import CONTENT_SECURITY_POLICY
from deckgen.export.html.viewer import SCRIPT as VIEWER
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme, wide_names
from tests.deck_parts import CITIES, SCRIPT, slide
from tests.decks import brief_deck, sample_deck
from tests.drawn_charts import charted

pytestmark = pytest.mark.slow

DECK = sample_deck()
THEME = theme()
WORDS = Words(DECK)
VOID = {"meta", "br", "col", "img", "input", "link", "hr"}


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
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def text() -> str:
    return render_html(DECK, THEME)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_equal_decks_give_equal_pages(text: str) -> None:
    """Rendering depends on the deck alone."""
    assert render_html(sample_deck(), THEME) == text


def test_hostile_labels_stay_text(text: str, page: Page) -> None:
    """Names and cells are data: no element, attribute or handler comes out of them, in SVG neither."""
    assert len(page.all("script")) == 1
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
    assert not names & {"src", "xlink:href", "action"}


def test_the_page_runs_its_own_script_only(page: Page, text: str) -> None:
    """A browser is told the hash of the one script that may run, in a saved file too."""
    policies = [each["content"] for each in page.all("meta") if "http-equiv" in each]
    assert policies == [CONTENT_SECURITY_POLICY]
    digest = b64encode(sha256(VIEWER.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in CONTENT_SECURITY_POLICY
    assert f"<script>{VIEWER}</script>" in text


def test_styles_say_places_and_sizes_only(page: Page) -> None:
    """What the data say never gets into a style: those hold numbers."""
    styles = {attributes["style"] for _, attributes in page.elements if "style" in attributes}
    assert styles
    assert all(re.fullmatch(r"(--[a-z]:-?\d+(\.\d+)?;?)+", style) for style in styles)


@pytest.mark.parametrize("name", [*wide_names(), "clear-4x3"])
def test_drawings_have_no_colour_that_would_stay_light(name: str) -> None:
    """Each colour of a drawing is one that the style sheet knows by its role, so that dark is dark."""
    worn = theme(name)
    answers = charted(ChartKind.SCALE, CITIES, {str(number): [0.2] * 5 for number in range(5)})
    asked = slide(Layout.CHART, "Answers", answers)
    text = render_html(DECK.model_copy(update={"slides": [*DECK.slides, asked]}), worn)
    marks = [mark for mark in re.findall(r"<[^<>]*>", text) if 'stroke-width="0"' not in mark]
    drawn = {colour for mark in marks for colour in re.findall(r'="#([0-9A-Fa-f]{6})"', mark)}
    known = set(re.findall(r'\[(?:fill|stroke)="#([0-9A-F]{6})"\]', text))
    assert drawn
    assert drawn <= known


def test_a_page_is_small() -> None:
    """Twelve slides, most of them with a chart, are 350 kB at most."""
    text = render_html(DECK.model_copy(update={"slides": DECK.slides[4:16]}), THEME)
    assert len(text.encode()) <= 350_000


def test_downloads_are_offered_where_they_are_known(page: Page) -> None:
    """A page names its deck's other files by their endings, hidden until it is served."""
    assert not [each for each in page.all("a") if "data-ending" in each]
    endings = {"PPTX": ".pptx"}
    offering = Page(render_html(brief_deck(), THEME, downloads=endings))
    found = [each["data-ending"] for each in offering.all("a") if "data-ending" in each]
    assert found == [*endings.values()]
    (around,) = [each for each in offering.all("span") if each.get("class") == "downloads"]
    assert "hidden" in around


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
    page = Page(render_html(brief_deck(), THEME))
    assert "facts" not in {attributes.get("id") for _, attributes in page.elements}
    assert "Q4 Revenue Analysis" in page.text


def _with(fact: Fact) -> Deck:
    """A deck with that fact, of few slides: they take nearly all the time of drawing."""
    return DECK.model_copy(update={"facts": [fact, *DECK.facts[1:]], "slides": DECK.slides[:2]})


@pytest.mark.parametrize(
    ("label", "about", "said"),
    [
        ("revenue, DACH", About(measure="revenue", aggregate="total"), "sum of revenue, DACH"),
        ("revenue, DACH", About(measure="revenue", aggregate="mean"), "revenue, DACH"),
        (
            "change of revenue",
            About(measure="revenue", aggregate="total", relation=FactRelation.GROWTH),
            "change of revenue",
        ),
        ("revenue, DACH", None, "revenue, DACH"),
    ],
)
def test_facts_say_what_they_are_in_words(label: str, about: About | None, said: str) -> None:
    """A sum is called one; a change of it or a mean, whose name says so, is not."""
    text = render_html(_with(DECK.facts[0].model_copy(update={"label": label, "about": about})), THEME)
    assert f'<th scope="row" class="meaning" dir="auto">{said}</th>' in text


def test_names_are_kept_apart_from_the_words_around_them(text: str) -> None:
    """A name out of the data or the brief does not turn the order of the words around it."""
    assert '<a class="fact number" href="#f1" dir="auto">$1.3M</a>' in text
    assert "<bdi>Region</bdi>" in text


def test_the_data_behind_each_chart_can_be_read() -> None:
    """Each value of a chart stands in a table beneath its slide, with the query that gave it."""
    slide = DECK.slides[5]
    page = Page(render_html(DECK.model_copy(update={"slides": [slide]}), THEME))
    shown = next(each for each in slide.blocks if isinstance(each, Chart))
    view = view_of(shown, WORDS, THEME.face)
    cells = {*view.categories, *(view.said(0, index) for index in range(len(view.categories)))}
    assert {*cells, shown.sql} <= set(page.text)


def test_what_had_no_room_is_beneath_its_slide(page: Page) -> None:
    """Points and rows that were cut from a slide are told under it, all of them."""
    everything = " ".join(" ".join(page.text).split())
    assert "Further points:" in everything
    assert "Region 38" in everything


def test_a_shortened_text_of_a_table_is_beneath_its_slide() -> None:
    """A table whose texts are not shown to their end says so, and the page has them whole."""
    long = "a reason that no column is wide enough to tell in three of its lines " * 8 + "to its end"
    unit = TableColumn(label="Column", unit=TEXT)
    told = Table(title="Reasons", columns=[unit, unit], rows=[["city", long], ["day", "short"]])
    deck = DECK.model_copy(update={"slides": [slide(Layout.TABLE, "Reasons are given", told)]})
    everything = Page(render_html(deck, THEME)).text
    assert "Shown: the beginnings of long texts; the HTML view has all of them." in everything
    assert long in everything
