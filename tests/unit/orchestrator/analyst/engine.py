"""Small tables, run through the whole offline engine."""

import csv
import datetime
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Column, Source
from deckgen.domain.decks import Deck, Draft, reference_values
from deckgen.domain.facts import render
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import language_of
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst


@dataclass(frozen=True)
class Run:
    """What the steps give for one table, and ways to read it; a step runs when a test asks for it."""

    path: Path
    brief: Brief
    source: Source

    @cached_property
    def findings(self) -> Findings:
        return analyst.find(self.path, self.source, self.brief)

    @cached_property
    def draft(self) -> Draft:
        return analyst.draft(self.brief, self.source, self.findings)

    @cached_property
    def deck(self) -> Deck:
        return analyst.assemble(self.brief, self.source, self.findings, self.draft, self.path)

    def column(self, name: str) -> Column:
        return next(column for column in self.source.columns if column.name == name)

    @property
    def told(self) -> list[str]:
        """The headlines of the answers and of the scan, as they are read."""
        return [self.say(answer.headline) for answer in self.findings.told if answer.headline]

    def points(self, operation: str) -> list[str]:
        """What the scan says on the slide of an operation, its headline first; nothing without one."""
        for answer in self.findings.scan:
            if answer.plan and answer.plan.operation == operation:
                return [self.say(text) for text in (answer.headline, *answer.points)]
        return []

    def say(self, text: str) -> str:
        language = language_of(self.brief).of_columns([each.label for each in self.source.columns])
        values = reference_values(self.brief, self.source, self.findings.facts, language.code)
        return render(text, values)


def run_table(
    path: Path, table: str | bytes | Sequence[Iterable[object]], brief: str = "", **fields: Any
) -> Run:
    """Write a CSV, given as text, as bytes, or as a header and rows, and run the steps on it.

    `fields` are further ones of the brief.
    """
    content = table if isinstance(table, str | bytes) else as_csv(table)
    written = content.encode() if isinstance(content, str) else content
    path.write_bytes(written)
    asked = Brief(business_context=brief, **fields)
    info = DatasetInfo(name=path.name, sha256=hashlib.sha256(written).hexdigest(), bytes=len(written))
    return Run(path, asked, analyst.profile(path, info, asked))


def as_csv(rows: Sequence[Iterable[object]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def days(year: int, first: int = 1, last: int = 12) -> list[datetime.date]:
    """Every day of the months from the first through the last."""
    start = datetime.date(year, first, 1)
    end = datetime.date(year + last // 12, last % 12 + 1, 1)
    return [start + datetime.timedelta(days=n) for n in range((end - start).days)]
