"""Golden tables: small, made by hand, with answers worked out by hand beside each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Chart, reference_values
from deckgen.domain.facts import Fact, render
from deckgen.domain.insights import Findings, Insight, InsightKind
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from tests.unit.orchestrator.analyst.engine import as_csv

Rows = Sequence[Iterable[object]]


@dataclass(frozen=True)
class Found:
    """What was found in a table, and ways to read it."""

    source: Source
    findings: Findings

    @property
    def kinds(self) -> set[InsightKind]:
        return {insight.kind for insight in self.findings.insights}

    def one(self, kind: InsightKind, subject: str = "") -> Insight:
        """The best insight of a kind whose subject begins so."""
        found = [insight for insight in self.findings.insights if insight.kind is kind]
        return next(insight for insight in found if insight.subject.startswith(subject))

    def say(self, text: str) -> str:
        said = render(text, reference_values(Brief(), self.source, self.findings.facts))
        return " ".join(said.split())  # with plain spaces only

    def told(self, kind: InsightKind, subject: str = "") -> list[str]:
        """The title and the takeaways of an insight as they are read."""
        insight = self.one(kind, subject)
        return [self.say(text) for text in (insight.headline, *insight.takeaways)]

    def fact(self, label: str) -> Fact:
        """The fact whose label begins so."""
        return next(fact for fact in self.findings.facts if fact.label.startswith(label))


def find(folder: Path, rows: Rows) -> Found:
    """Write the rows, the header first, as a CSV, and run the steps profile and facts on it."""
    path = folder / "golden.csv"
    path.write_text(as_csv(rows))
    info = DatasetInfo(name=path.name, sha256="0" * 64, bytes=path.stat().st_size)
    source = analyst.profile(path, info, Brief())
    return Found(source, analyst.find(path, source, Brief()))


def months(values: Sequence[float], first_year: int = 2021) -> list[tuple[str, float]]:
    """A value for each month from a January on."""
    return [
        (f"{first_year + place // 12}-{place % 12 + 1:02}-01", value)
        for place, value in enumerate(values)
    ]


def drawn(insight: Insight) -> Chart:
    assert isinstance(insight.chart, Chart)
    return insight.chart
