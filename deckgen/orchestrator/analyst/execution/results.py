"""What an operation gives: statements by the keys of their sentences, an exhibit, and how it ended."""

from dataclasses import dataclass, field

from deckgen.domain.charts import Chart
from deckgen.domain.facts import Fact, Text
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.facts.statements import Slot, Slots, Statement, state
from deckgen.orchestrator.analyst.stats.result import TestResult

__all__ = [
    "Figure",
    "Lacking",
    "News",
    "NothingNewError",
    "Result",
    "Slot",
    "Slots",
    "Statement",
    "figures_of",
    "state",
]


@dataclass(frozen=True)
class Figure:
    """A figure that stands large on the slide: what it is, and its value."""

    label: Text | Statement
    value: Fact
    change: Fact | None = None


def figures_of(statement: Statement, **labels: Text) -> list[Figure]:
    """Returns the facts of a statement that have a label here, as large figures."""
    slots = ((label, statement.slots.get(name)) for name, label in labels.items())
    return [Figure(label, fact) for label, fact in slots if isinstance(fact, Fact)]


@dataclass(frozen=True)
class News:
    """Why a result is worth telling where nobody asked: its strength from 0 to 1, and its test.

    Without a test it is a description, or corrected already.
    """

    strength: float
    test: TestResult | None = None
    moves: bool = False  # it tells of a change over time


class NothingNewError(Exception):
    """A scan asked an operation, which has no news: the rest of its work would be for nothing."""


@dataclass(frozen=True)
class Move:
    """Something to do: what speaks for it, what would have to be known first, what it is worth."""

    says: Statement
    evidence: Statement
    first: Statement
    name: Fact
    size: Fact
    worth: str  # what the size measures


@dataclass(frozen=True)
class Result:
    """The first statement is the answer, the others are what a reader should know with it.

    The first `summed` statements stand in the summary; `core` is the one that its title speaks of, if
    it is not the first. Without `news` nothing in it stands out.
    """

    statements: list[Statement]
    chart: Chart | None = None
    figures: list[Figure] = field(default_factory=list)
    method: Statement | None = None
    end: End = End.ANSWERED
    reason: str = ""
    summed: int = 2
    core: Statement | None = None
    news: News | None = None
    moves: list[Move] = field(default_factory=list)


@dataclass(frozen=True)
class Lacking:
    """The table lacks what it takes; `what` names it, or if it `is_said` is the whole reason."""

    what: Text | Statement
    is_said: bool = False
