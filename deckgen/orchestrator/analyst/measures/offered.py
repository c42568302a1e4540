"""What a table offers: each measure with the words by which people call it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from deckgen.domain.plans import Measured
from deckgen.orchestrator.analyst.profiling.stemming import stems, words_of


class Concept(StrEnum):
    """What a measure means in business, as far as that is known."""

    PROFIT = "profit"
    MARGIN = "margin"
    RATIO = "ratio"
    OUTCOME = "outcome"  # a share of rows
    DURATION = "duration"
    ATTAINMENT = "attainment"
    VARIANCE = "variance"
    COUNT = "count"  # of rows or of things
    AVERAGE = "average"  # of one row
    COLUMN = "column"


@dataclass(frozen=True)
class Offered:
    """A measure; `names` are the stems of each of its names, `weight` how much it matters by itself.

    A ratio `needs_all` words of a name: cost alone is no cost per click.
    """

    measured: Measured
    concept: Concept
    names: tuple[frozenset[str], ...]
    weight: float = 1.0
    needs_all: bool = False
    phrases: tuple[str, ...] = ()  # names of columns, as they are written
    counts: str = ""  # what it counts, by the word of the table model

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that it is made of."""
        return tuple(self.measured.columns)


def named(*texts: str, also: Iterable[str] = ()) -> frozenset[str]:
    """Returns the stems of names, and of further words for the same."""
    return frozenset(word for text in texts for word in words_of(text)) | stems(also)
