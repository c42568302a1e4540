"""Which end of an order a question asks for: the most, the least, or what is good or bad."""

import re
from typing import Literal

from deckgen.domain.plans import Measured, Ratio
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.questions.reading import Question

# How good something is, and not how much of it there is: the least efficient has the most per piece.
_GOODNESS = re.compile(
    r"\b(?:(least|less|am wenigsten|weniger)|most|more|am)\s+(?:effi[cz]ient|produ[ck]ti[vf]"
    r"|profitab|economic)",
    re.IGNORECASE,
)

_SPEED = re.compile(r"\b(?:(fastest|quickest|schnellste)|slowest|langsamste)", re.IGNORECASE)

Order = Literal["highest", "lowest"]


def of(question: Question, measured: Measured) -> Order:
    """Returns the end that comes first in the question; “best” is what is good for the measure."""
    ends: dict[Cue, Order] = {
        Cue.MOST: "highest",
        Cue.LEAST: "lowest",
        Cue.GOOD: "lowest" if measured.better == "lower" else "highest",
        Cue.BAD: "highest" if measured.better == "lower" else "lowest",
    }
    speed = _SPEED.search(question.text) if isinstance(measured.measure, Ratio) else None
    if speed is not None:
        return ends[Cue.GOOD if speed[1] else Cue.BAD]
    if (said_of := _GOODNESS.search(question.text)) is not None:
        return ends[Cue.BAD if said_of[1] else Cue.GOOD]
    said = [(question.cues[cue], end) for cue, end in ends.items() if cue in question.cues]
    return min(said)[1] if said else "highest"
