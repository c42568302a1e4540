"""The checks that a machine can make of a deck, each with the places where it does not hold."""

import math
from collections.abc import Iterator
from typing import Any

from deckgen.domain.decks import Bullets, Callout, Chart, Check, Deck, Kpis, Layout, Slide, Table
from deckgen.domain.display import Value
from deckgen.domain.facts import Text, references, render, unbound_numerals
from deckgen.orchestrator.analyst.book import plain
from deckgen.orchestrator.analyst.table import Table as DataTable

MAX_WORDS, MAX_BULLETS, MAX_CHARTS = 60, 5, 1
TITLE_WORDS = (5, 15)
TOLERANCE = 1e-9


def checks(deck: Deck, table: DataTable | None) -> list[Check]:
    """All checks; those against the data only if there are data."""
    found = [
        _check("numerals_bound", _unbound(deck)),
        _check("references_known", _unknown(deck)),
        _check("facts_recomputed", _facts(deck, table)),
        _check("charts_recomputed", _charts(deck, table)),
    ]
    if any(check.problems for check in found[:2]):
        return found  # what follows reads rendered text
    return [
        *found,
        _check("titles_are_statements", _titles(deck)),
        _check("title_fact_on_slide", _title_facts(deck)),
        _check("slide_size", _sizes(deck)),
        _check("alt_text_and_notes_present", _missing(deck)),
    ]


def _check(name: str, problems: Iterator[str]) -> Check:
    found = list(problems)
    return Check(name=name, passed=not found, problems=found)


def texts(slide: Slide) -> Iterator[tuple[str, Text]]:
    """Every text of a slide, with the name of its place."""
    yield "title", slide.title
    yield from body(slide)
    yield "notes", slide.notes
    yield "source line", slide.source_line


def body(slide: Slide) -> Iterator[tuple[str, Text]]:
    for block in slide.blocks:
        match block:
            case Bullets():
                yield from (("bullet", item) for item in block.items)
            case Callout():
                yield "callout", block.text
            case Kpis():
                for kpi in block.items:
                    yield from (("kpi", text) for text in (kpi.label, kpi.value, kpi.change))
            case Chart():
                yield from (("chart", text) for text in (block.title, block.category_label, block.alt))
                yield from (("series", series.label) for series in block.series)
            case Table():
                yield "table", block.title
                yield from (("table column", column.label) for column in block.columns)


def deck_texts(deck: Deck) -> Iterator[tuple[str, Text]]:
    yield "deck title", deck.title
    yield "question", deck.storyline.question
    yield "answer", deck.storyline.answer
    yield from (("argument", text) for text in deck.storyline.arguments)
    for slide in deck.slides:
        yield from ((f"{slide.id} {place}", text) for place, text in texts(slide))


def _unbound(deck: Deck) -> Iterator[str]:
    for place, text in deck_texts(deck):
        if words := unbound_numerals(text):
            yield f"{place}: {', '.join(words)}"


def _unknown(deck: Deck) -> Iterator[str]:
    known = deck.reference_values()
    for place, text in deck_texts(deck):
        yield from (f"{place}: {name}" for name in references(text) if name not in known)


def _facts(deck: Deck, table: DataTable | None) -> Iterator[str]:
    for fact in deck.facts:
        if table is None:
            yield f"{fact.id}: there are no data"
            continue
        value = plain(table.one(fact.sql)[0])
        if not _same(value, fact.value):
            yield f"{fact.id}: {fact.value!r} is said, the data give {value!r}"


def _charts(deck: Deck, table: DataTable | None) -> Iterator[str]:
    for slide in deck.slides:
        for block in slide.blocks:
            if isinstance(block, Chart):
                columns: list[list[Any]] = [
                    block.categories,
                    *(series.values for series in block.series),
                ]
                said = [list(row) for row in zip(*columns, strict=True)]
                if any(len(column) != len(block.categories) for column in columns):
                    yield f"{slide.id}: series of unequal length"
            elif isinstance(block, Table) and block.sql:
                said = block.rows
            else:
                continue
            if table is None or not _same_rows(said, table.all(block.sql)):
                yield f"{slide.id}: the {block.type} is not what its query gives"


def _same_rows(said: list[list[Value]], rows: list[tuple[object, ...]]) -> bool:
    return len(said) == len(rows) and all(
        len(one) == len(other) and all(_same(plain(b), a) for a, b in zip(one, other, strict=True))
        for one, other in zip(said, rows, strict=True)
    )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=1e-12)
    return one == other


def _titles(deck: Deck) -> Iterator[str]:
    values = deck.reference_values()
    for slide in deck.slides:
        words = len(render(slide.title, values).split())
        if slide.layout is not Layout.TITLE and not TITLE_WORDS[0] <= words <= TITLE_WORDS[1]:
            yield f"{slide.id}: the title has {words} words"


def _title_facts(deck: Deck) -> Iterator[str]:
    facts = {fact.id: fact for fact in deck.facts}
    for slide in deck.slides:
        if slide.layout in (Layout.TITLE, Layout.SUMMARY):
            continue
        shown = {name for _, text in body(slide) for name in references(text)}
        said = {name for name in references(slide.title) if name.startswith("f")}
        charted = _charted(slide)
        # "fell by 5%" in the title is shown by "-5%" in the body.
        sizes = {facts[name].display.lstrip("+-") for name in shown if name in facts}
        for name in sorted(said - shown):
            fact = facts[name]
            if fact.display not in sizes and not any(_same(fact.value, value) for value in charted):
                yield f"{slide.id}: {name}"


def _charted(slide: Slide) -> list[Value]:
    """What the charts of a slide show."""
    charts = [block for block in slide.blocks if isinstance(block, Chart)]
    values: list[Value] = [value for chart in charts for value in chart.categories]
    return values + [value for chart in charts for series in chart.series for value in series.values]


def _sizes(deck: Deck) -> Iterator[str]:
    values = deck.reference_values()
    for slide in deck.slides:
        spoken = [text for place, text in body(slide) if place in ("bullet", "callout", "kpi")]
        words = sum(len(render(text, values).split()) for text in spoken)
        bullets = sum(place == "bullet" for place, _ in body(slide))
        charts = sum(isinstance(block, Chart) for block in slide.blocks)
        for count, most, name in (
            (words, MAX_WORDS, "words"),
            (bullets, MAX_BULLETS, "bullets"),
            (charts, MAX_CHARTS, "charts"),
        ):
            if count > most:
                yield f"{slide.id}: {count} {name}"


def _missing(deck: Deck) -> Iterator[str]:
    for slide in deck.slides:
        if not slide.notes:
            yield f"{slide.id}: no notes"
        for block in slide.blocks:
            if isinstance(block, Chart) and not block.alt:
                yield f"{slide.id}: no alt text"
