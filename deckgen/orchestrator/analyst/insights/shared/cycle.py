"""What repeats in time: a metric by the slots of a cycle, such as the months of a year."""

from dataclasses import dataclass

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import Unit
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.profiling.metrics import Metric


@dataclass(frozen=True)
class Pattern:
    """`sql` yields a row per slot (k, its number, and v, its value); a slot is said with `at`."""

    metric: Metric
    cycle: str
    slot: str
    unit: Unit
    at: str
    sql: str
    conditions: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.metric.key}|{self.cycle}"

    def extreme(
        self, book: FactBook, word: str, direction: str, statistics: Statistics | None = None
    ) -> tuple[Text, Text]:
        """The slot with the highest or lowest value, and the value."""
        found = f"FROM ({self.sql}) ORDER BY v {direction} NULLS LAST, k LIMIT 1"
        name = book.query(
            f"{self.slot} with the {word} {self.metric.label}",
            f"SELECT k {found}",
            self.unit,
            *self.conditions,
            statistics=statistics,
        )
        value = book.query(
            f"{word} {self.metric.label} of a {self.slot}",
            f"SELECT v {found}",
            self.metric.unit,
            *self.conditions,
        )
        return say(name), say(value)

    def chart(self, book: FactBook, kind: ChartKind, title: Text, slot: str, alt: Text) -> Chart:
        """The slots in the order of the calendar."""
        return book.chart(
            kind,
            title,
            f"SELECT k, v FROM ({self.sql}) ORDER BY k",
            (slot.capitalize(), self.unit),
            [(self.metric.subject, self.metric.unit)],
            alt,
        )
