"""German briefs about German tables give German decks: no English word but names, and all checks."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from markupsafe import Markup
from pptx import Presentation

from deckgen.domain.blocks import Table
from deckgen.domain.decks import Deck
from deckgen.domain.facts import render
from deckgen.domain.language.languages import languages
from deckgen.domain.questions import End
from deckgen.export.html.page import render_html
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.analyst.proof.checks import deck_texts
from tests.german_tables import BRIEFS, TABLES
from tests.unit.orchestrator.analyst.engine import Run, run_table

pytestmark = pytest.mark.slow

WORD = re.compile(r"[^\W\d_]{2,}")
SLOT = re.compile(r"\{[^{}]*\}")
# Words of the phrasebook that German has as well, and no German text of it happens to say.
SHARED = frozenset(
    [
        "test",
        "tests",
        "median",
        "json",
        "sql",
        "csv",
        "html",
        "utf",
        "excel",
        "norm",
        "arm",
        "not",
        "den",
        "data",
        "base",
    ]
)


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


@cache
def english() -> frozenset[str]:
    """Returns the words of English texts that German ones do not have."""
    own, german = (
        {word for text in languages()[code].texts.values() for word in words(SLOT.sub(" ", text))}
        for code in ("en", "de")
    )
    german_common, common = languages()["de"].common, languages()["en"].common
    return frozenset((own | common) - german - german_common - SHARED)


def told(deck: Deck) -> Iterator[tuple[str, str]]:
    """Yields every text of a deck as it is read, with the labels of facts and the cells of tables."""
    values = deck.reference_values()
    for place, text in deck_texts(deck):
        yield place, render(text, values)
    yield from ((fact.id, fact.label) for fact in deck.facts)
    yield from ((fact.id, fact.display) for fact in deck.facts)
    for slide in deck.slides:
        for block in slide.blocks:
            if isinstance(block, Table) and not block.sql:
                yield from ((f"{slide.id} cell", str(cell)) for row in block.rows for cell in row)


def names(run: Run) -> set[str]:
    """Returns the words of the table and of the brief, which nobody translates."""
    text = f"{run.path.read_text()} {run.brief.business_context} {run.path.name}"
    return words(text)


def page_of(deck: Deck) -> str:
    """Returns what a reader of the page sees, without queries."""
    page = re.sub(
        r"<(style|pre|code|script)\b.*?</\1>", " ", render_html(deck, theme()), flags=re.DOTALL
    )
    labels = " ".join(re.findall(r'(?:aria-label|title)="([^"]*)"', page))
    return f"{Markup(page).striptags()} {Markup(labels).striptags()}"


def german_deck(folder: Path, table: str, brief: str) -> Run:
    rows = "\n".join(";".join(map(str, row)) for row in TABLES[table]())
    return run_table(folder / f"{table}.csv", f"{rows}\n", brief, locale="de_DE")


@pytest.mark.parametrize(("table", "brief"), BRIEFS)
def test_a_german_brief_gives_a_german_deck(table: str, brief: str, tmp_path: Path) -> None:
    """It answers what is asked, every check holds, and slides, notes, charts, appendix, facts and page
    say no English word.
    """
    run = german_deck(tmp_path, table, brief)
    assert run.deck.language == "de"
    assert [(check.name, check.problems) for check in run.deck.quality if not check.passed] == []
    assert {question.end for question in run.deck.questions} <= {End.ANSWERED}
    foreign = english() - names(run)
    said = [(place, text, sorted(words(text) & foreign)) for place, text in told(run.deck)]
    assert [each for each in said if each[2]] == []
    assert sorted(words(page_of(run.deck)) & foreign) == []


def test_files_say_their_language(tmp_path: Path) -> None:
    """For screen readers and spelling: on the page, and in the runs of the PowerPoint file."""
    run = german_deck(tmp_path, *BRIEFS[0])
    assert '<html lang="de-DE"' in render_html(run.deck, theme())
    file = tmp_path / "deck.pptx"
    file.write_bytes(render_pptx(run.deck, theme()))
    tags = {
        properties.get("lang")
        for slide in Presentation(str(file)).slides
        for properties in slide._element.iter(
            "{http://schemas.openxmlformats.org/drawingml/2006/main}rPr"
        )
    }
    assert tags == {"de-DE"}
