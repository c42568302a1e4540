"""A deck in another locale says its numbers alike in both files."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from pptx import Presentation

from deckgen.domain.blocks import Table
from deckgen.domain.briefs import Brief
from deckgen.domain.charts import Chart, ChartKind
from deckgen.domain.decks import Deck
from deckgen.domain.facts import Sign, fact_display
from deckgen.domain.formatting.display import TEXT, formatter
from deckgen.export.charts.viewing import view_of
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from tests.decks import sample_deck
from tests.office import excel


def deck_in(locale: str, *slides: int) -> Deck:
    """These slides of the sample deck, with its facts said anew."""
    deck = sample_deck()
    facts = [
        fact.model_copy(
            update={"display": fact_display(fact.value, fact.unit, Sign.PLAIN, formatter(locale))}
        )
        for fact in deck.facts
    ]
    brief = Brief(business_context=deck.brief.business_context, locale=locale)
    return deck.model_copy(
        update={"brief": brief, "facts": facts, "slides": [deck.slides[n] for n in slides]}
    )


DECK = deck_in("de_DE", 2, 3, 4, 5, 7, 9, 13, 32)  # cards, each kind of chart, a table
WORDS, THEME = Words(DECK), theme()


@pytest.fixture(scope="module")
def page() -> str:
    return unescape(render_html(DECK, THEME))


@pytest.fixture(scope="module")
def slides() -> list[Any]:
    return list(Presentation(BytesIO(render_pptx(DECK, THEME))).slides)


def labels(frame: Any) -> list[tuple[int, int, str]]:
    """Series, point and number format of each label of a native chart."""
    return [
        (number, int(label.find("{*}idx").get("val")), label.find("{*}numFmt").get("formatCode"))
        for number, series in enumerate(frame.chart._chartSpace.iter("{*}ser"))
        for label in series.iter("{*}dLbl")
    ]


def test_labels_of_charts_read_alike(page: str, slides: list[Any]) -> None:
    """Under its number format a German reader's Office shows each label as the page has it."""
    compared = 0
    for slide, native in zip(DECK.slides, slides, strict=True):
        charts = [block for block in slide.blocks if isinstance(block, Chart)]
        frames = [shape for shape in native.shapes if shape.has_chart]
        for chart, frame in zip(charts, frames, strict=True):
            if chart.kind is ChartKind.WATERFALL:
                continue
            for series, index, number_format in labels(frame):
                value = chart.series[series].values[index]
                assert value is not None
                shown = view_of(chart, WORDS, THEME.face).said(series, index)
                assert excel(number_format, value, "de_DE") == shown
                assert f">{shown}</td>" in page
                compared += 1
    assert compared >= 7


def test_labels_that_are_text_are_the_locale_s(slides: list[Any]) -> None:
    """The labels of a waterfall are text, as the deck says it: what its cells show."""
    texts = {
        text.text
        for native in slides
        for shape in native.shapes
        if shape.has_chart
        for text in shape.chart._chartSpace.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
        )
    }
    waterfalls = [
        block
        for slide in DECK.slides
        for block in slide.blocks
        if isinstance(block, Chart) and block.kind is ChartKind.WATERFALL
    ]
    first = view_of(waterfalls[0], WORDS, THEME.face).said(0, 0)
    assert "$" in first
    assert first.endswith("\N{NO-BREAK SPACE}$")
    assert first in texts


def test_tables_read_alike(page: str, slides: list[Any]) -> None:
    """A table's cells are the same in both files, with German marks."""
    table = next(
        block
        for slide in DECK.slides
        for block in slide.blocks
        if isinstance(block, Table) and any(isinstance(row[-1], float) for row in block.rows)
    )
    shown = WORDS.value(table.rows[0][-1], table.columns[-1].unit)
    cells = {
        cell.text
        for native in slides
        for shape in native.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    }
    assert re.fullmatch(r"[\d.]+(,\d\d)?\N{NO-BREAK SPACE}\$", shown)
    assert shown in cells
    assert f">{shown}</td>" in page


def test_text_and_notes_are_the_locale_s(page: str, slides: list[Any]) -> None:
    """Facts in text, the rows behind them and a test's figures have the locale's marks."""
    assert "1,3\N{NO-BREAK SPACE}Mio.\N{NO-BREAK SPACE}$" in page
    assert "38\N{NO-BREAK SPACE}%" in page
    assert '<td class="rows">49.574</td>' in page
    assert "statistic 0,42, p = 0,001, q = 0,004, n = 24" in page
    assert any("(49.574 rows)" in native.notes_slide.notes_text_frame.text for native in slides)


@pytest.mark.parametrize(("locale", "language"), [("de_DE", "en-DE"), ("ar_EG", "en-EG"), ("de", "en")])
def test_the_page_s_words_are_english(locale: str, language: str) -> None:
    """Words are English from left to right, and are not reordered by numbers in Arabic."""
    page = render_html(deck_in(locale, 2), THEME)
    assert f'<html lang="{language}" dir="ltr">' in page
    assert '<a class="fact number" href="#f1" dir="auto">' in page


def test_a_sentence_begins_with_a_capital() -> None:
    """A name in small letters gets one where it opens a sentence, and nowhere else."""
    fact = DECK.facts[0].model_copy(update={"id": "f90", "display": "female", "unit": TEXT})
    own = DECK.facts[0].model_copy(update={"id": "f91", "display": "eBay", "unit": TEXT})
    words = Words(DECK.model_copy(update={"facts": [*DECK.facts, fact, own]}))
    assert words.line("{{f90}} leads") == "Female leads"
    assert words.line("{{f90}}") == "female"
    assert words.line("Of all, {{f90}} leads") == "Of all, female leads"
    assert words.line("{{f91}} leads") == "eBay leads"
