"""What was wrong with lines, in sentences that count and place them."""

from enum import Enum

from deckgen.orchestrator.analyst.ingestion.placed import Placed, sentence

_UNUSED_ONE, _UNUSED = "its values were not used", "their values were not used"


class Flaw(Enum):
    """What is wrong with lines: in words for one, for several; what was done with one, with several."""

    FEW = ("has too few cells", "have too few cells", _UNUSED_ONE, _UNUSED)
    MANY = ("has too many cells", "have too many cells", _UNUSED_ONE, _UNUSED)
    FILLED = (
        "has too few cells",
        "have too few cells",
        "they were put under the columns that they fit, and the others count as missing",
        "they were put under the columns that they fit, and the others count as missing",
    )
    OMITTED = (
        "has too few cells",
        "have too few cells",
        "those at its end count as missing",
        "those at their ends count as missing",
    )
    JOINED = (
        "has too many cells",
        "have too many cells",
        "those that a separator within a cell had split were joined",
        "those that a separator within a cell had split were joined",
    )
    CUT = (
        "has too many cells",
        "have too many cells",
        "those that fit no column were left out",
        "those that fit no column were left out",
    )
    TORN = (
        "was broken within a cell",
        "were broken within a cell",
        "it was joined with the next one",
        "they were joined with the next ones",
    )
    QUOTED = (
        "stands in quotation marks as a whole",
        "stand in quotation marks as a whole",
        "it was read without them",
        "they were read without them",
    )
    SEPARATED = (
        "has another separator than the others",
        "have another separator than the others",
        "it was read by its own",
        "they were read by their own",
    )
    OPEN = (
        "opens a quotation mark that is never closed",
        "open a quotation mark that is never closed",
        "it was read without it",
        "they were read without it",
    )
    COMMENT = ("is a comment", "are comments", "it was left out", "they were left out")
    LABEL = ("has a single cell", "have a single cell", "it was left out", "they were left out")
    HEADER = ("repeats the header", "repeat the header", "it was left out", "they were left out")
    DESCRIBED = (
        "says in words what the columns are",
        "say in words what the columns are",
        "it was left out",
        "they were left out",
    )
    OTHER_TABLE = (
        "belongs to another table", "belong to another table", _UNUSED_ONE, _UNUSED,
    )  # fmt: skip


# The values of such lines, or some of them, are not in the table.
_LOSING = frozenset({Flaw.FEW, Flaw.MANY, Flaw.FILLED, Flaw.OMITTED, Flaw.CUT})


class Remarks:
    """What was wrong, by the lines of the upload; `word` is what they are called."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._placed: dict[Flaw, Placed] = {}

    def add(self, flaw: Flaw, line: int) -> None:
        self._placed.setdefault(flaw, Placed()).add(line)

    @property
    def incomplete(self) -> bool:
        return not _LOSING.isdisjoint(self._placed)

    def notes(self) -> list[str]:
        """Returns the sentences, values that were lost first."""
        order = sorted(self._placed, key=list(Flaw).index)
        return [_said(flaw, self._placed[flaw], self._word) for flaw in order]


def _said(flaw: Flaw, where: Placed, word: str) -> str:
    one, many, done, all_done = flaw.value
    return sentence(where, one, many, done if where.count == 1 else all_done, word)
