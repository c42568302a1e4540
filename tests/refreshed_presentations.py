"""Presentations refreshed in tests: tables with other numbers, and what every place should say then."""

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
from pptx import Presentation

from deckgen.domain.decks import Deck
from deckgen.domain.facts import fact_display
from deckgen.domain.refreshing import Refresh
from deckgen.domain.requests import parse
from deckgen.export.pptx.document import contents_of
from deckgen.export.pptx.manifest import manifest_of
from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.slides import plain, said
from deckgen.export.text import Words
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.analyst.facts.fact_book import plain as value_of
from deckgen.orchestrator.analyst.ingestion.table import open_table
from tests.presentation_edits import shapes

NUMBER = re.compile(r"-?\d+(\.\d+)?")
_REFERENCE = re.compile(r"\{\{[ftq]\d+\}\}")


def other_numbers(content: str, seed: int, *, spread: float = 0.2) -> str:
    """Returns a CSV whose decimal numbers, and large whole ones, are somewhat larger or smaller."""
    rng = random.Random(seed)
    rows = list(csv.reader(io.StringIO(content)))
    columns = [index for index in range(len(rows[0])) if _is_measure([row[index] for row in rows[1:]])]
    for row in rows[1:]:
        for index in columns:
            if index < len(row) and NUMBER.fullmatch(row[index]):
                row[index] = _moved(row[index], 1 + rng.uniform(-spread, spread))
    into = io.StringIO()
    csv.writer(into).writerows(rows)
    return into.getvalue()


def _is_measure(cells: list[str]) -> bool:
    """True for numbers that are no years, codes or answers on a scale."""
    numbers = [float(cell) for cell in cells if NUMBER.fullmatch(cell)]
    is_whole = all(number == int(number) for number in numbers)
    is_large = bool(numbers) and max(numbers) > 20 and not all(1000 <= each <= 2100 for each in numbers)
    return bool(numbers) and (not is_whole or is_large)


def _moved(cell: str, factor: float) -> str:
    digits = len(cell.partition(".")[2])
    return f"{float(cell) * factor:.{digits}f}"


@dataclass
class Spot:
    """A paragraph of the edited file that says what it said when it was made."""

    slide: int
    shape: tuple[str, int]  # its name, and which of that name it is
    paragraph: int
    place: str
    before: str
    due: set[str]
    numerals: int


@dataclass
class Count:
    """`stale` are numerals that are wrong and of which the report says nothing."""

    numerals: int = 0
    right: int = 0
    stale: int = 0
    wrong: list[str] = field(default_factory=list)


def due_facts(deck: Deck, path: Path, anew: Deck) -> Deck:
    """Returns a deck with the values that its queries have over another table, by DuckDB alone; or
    those that a deck made anew has under the same name.
    """
    found = []
    named = {each.label: each for each in anew.facts if each.unit.is_numeric and each.about is None}
    with open_table(path, deck.brief.table) as table:
        for fact in deck.facts:
            try:
                ((value,),) = table.con.execute(fact.sql).fetchall()
            except (duckdb.Error, ValueError):
                value = None
            value = named[fact.label].value if fact.label in named else value_of(value)
            if value is not None:
                display = fact_display(value, fact.unit, fact.sign, deck.writes)
                found.append(fact.model_copy(update={"value": value, "display": display}))
            else:
                found.append(fact)
    source = deck.source and deck.source.model_copy(update={"name": path.name})
    return deck.model_copy(update={"facts": found, "source": source})


def spots(edited: bytes, path: Path, anew: Deck) -> list[Spot]:
    """Returns the paragraphs with numerals that nobody changed, and what each may say now: what its own
    queries give, or what deckgen says there in a deck that is made anew.
    """
    manifest = manifest_of(Archive.opened(edited))
    deck = parse(Deck, manifest.deck)
    words = Words(due_facts(deck, path, anew))
    told: dict[str, list[tuple[str, str]]] = {}
    for slide in manifest.contents.slides:
        for place in slide.texts:
            for each in place.paragraphs:
                if _REFERENCE.search(each.told):
                    told.setdefault(each.text, []).append((slide.id, each.told))
    again = {slide.id: slide for slide in contents_of(anew, theme()).slides}
    found = []
    for number, slide in enumerate(Presentation(BytesIO(edited)).slides):
        every = list(shapes(slide))
        own = Counter(shape.name.partition(" ")[0] for shape in every).most_common(1)
        for name, shape in _named(every).items():
            if not shape.has_text_frame:
                continue
            for at, paragraph in enumerate(shape.text_frame.paragraphs):
                text = said(paragraph._p)
                if text in told:
                    pairs = [each for each in told[text] if own and each[0] == own[0][0]] or told[text]
                    due = {plain(words.line(pair[1])) for pair in pairs}
                    due |= {
                        each.text
                        for pair in pairs
                        for other in (again[pair[0]].texts if pair[0] in again else ())
                        for each in other.paragraphs
                        if _skeleton(each.told) == _skeleton(pair[1])
                    }
                    count = len(_REFERENCE.findall(pairs[0][1]))
                    found.append(Spot(number, name, at, shape.name, text, due, count))
    return found


def _named(every: Iterable[Any]) -> dict[tuple[str, int], Any]:
    seen: Counter[str] = Counter()
    found = {}
    for shape in every:
        found[shape.name, seen[shape.name]] = shape
        seen[shape.name] += 1
    return found


def _skeleton(told: str) -> str:
    return _REFERENCE.sub("{{}}", told)


def counted(edited: bytes, refreshed: bytes, report: Refresh, path: Path, anew: Deck) -> Count:
    """Returns how many numerals of a refreshed file are right."""
    count = Count()
    slides = list(Presentation(BytesIO(refreshed)).slides)
    named = {each.slide for each in report.doubtful} | {each.slide for each in report.left}
    lacking = {each.display for each in report.lacking}
    for spot in spots(edited, path, anew):
        shape = _named(shapes(slides[spot.slide])).get(spot.shape)
        every = [said(each._p) for each in shape.text_frame.paragraphs] if shape else []
        text = every[spot.paragraph] if spot.paragraph < len(every) else ""
        text = next((each for each in every if each in spot.due), text)
        count.numerals += spot.numerals
        if text in spot.due:
            count.right += spot.numerals
        else:
            is_told = spot.slide + 1 in named or any(each in text for each in lacking)
            count.stale += 0 if is_told else spot.numerals
            count.wrong.append(f"slide {spot.slide + 1}, {spot.place}: “{text}”, due {spot.due}")
    return count


def sales(
    *,
    level: float = 1.0,
    growth: float = 1.2,
    years: int = 2,
    regions: Iterable[str] = ("North", "South", "West"),
) -> str:
    """Returns a table of monthly sales from 2023 on, whose regions keep their order."""
    shares = {"North": 300.0, "South": 180.0, "West": 90.0, "East": 40.0}
    rows = ["month,region,sales"]
    for year in range(years):
        for month in range(1, 13):
            for region in regions:
                wave = 1 + 0.03 * ((month * 7 + len(region)) % 5)
                value = shares[region] * level * growth ** (year + month / 24) * wave
                rows.append(f"{2023 + year}-{month:02d}-01,{region},{value:.1f}")
    return "\n".join(rows) + "\n"
