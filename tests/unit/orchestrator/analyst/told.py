"""One table, and what is told of it for a brief."""

import math
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from deckgen.domain.blocks import Bullets, Callout
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Layout, Slide, reference_values
from deckgen.domain.facts import render
from deckgen.domain.findings import Findings
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from tests.unit.orchestrator.analyst.engine import as_csv

HEADER = ["month", "region", "product", "sales", "price"]
NORTH = {2021: 100, 2022: 120, 2023: 240}
SEASON = [1 + 0.4 * math.cos((month - 7) / 6 * math.pi) for month in range(1, 13)]


def table(last: int = 12) -> list[list[Any]]:
    """Three years by month: north grows most in the last, summers are high, b is dearer than a.

    The last year ends with the month `last`.
    """
    rows = [
        [
            f"{year}-{month:02}-01",
            region,
            product,
            round((NORTH[year] if region == "north" else 90) * SEASON[month - 1] + month % 3, 1),
            (5 if product == "a" else 9) + (month * 7 + year) % 5 / 5,
        ]
        for year in NORTH
        for month in range(1, 13)
        if year < 2023 or month <= last
        for region in ("north", "south")
        for product in ("a", "b")
    ]
    return [HEADER, *rows]


@dataclass(frozen=True)
class Told:
    """A draft of the table, with ways to read it."""

    draft: Draft
    values: dict[str, str]

    def say(self, text: str) -> str:
        return render(text, self.values)

    @property
    def answer(self) -> str:
        return self.say(self.draft.storyline.answer)

    @property
    def layouts(self) -> list[Layout]:
        return [slide.layout for slide in self.draft.slides]

    def all_on(self, slide: Slide) -> str:
        """The title and all points of a slide."""
        texts = [slide.title]
        for block in slide.blocks:
            texts += block.items if isinstance(block, Bullets) else []
            texts += [block.text] if isinstance(block, Callout) else []
        return " | ".join(map(self.say, texts))

    def on(self, layout: Layout) -> str:
        """The title and all points of the first slide with a layout."""
        return self.all_on(next(slide for slide in self.draft.slides if slide.layout is layout))


@cache
def found(question: str, last: int) -> tuple[Source, Findings]:
    """What is found in the table for a question, once for all tests: the other fields do not matter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_text(as_csv(table(last)))
        brief = Brief(business_context=question)
        source = analyst.profile(path, DatasetInfo(name="t.csv", sha256="0" * 64, bytes=1), brief)
        return source, analyst.find(path, source, brief)


def told(question: str, last: int = 12, **fields: Any) -> Told:
    source, findings = found(question, last)
    brief = Brief(business_context=question, **fields)
    values = reference_values(brief, source, findings.facts)
    return Told(analyst.draft(brief, source, findings), values)
