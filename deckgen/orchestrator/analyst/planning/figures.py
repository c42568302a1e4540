"""The figure that a question about time is about: no time of day, and no count of the periods."""

import re
from collections.abc import Collection

from deckgen.domain.plans import Rows
from deckgen.orchestrator.analyst.lexicon.calendar_words import PERIODS
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import common_meanings, slots
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

UNSURE = 0.4  # what the fit of a number without a telling name counts
SUBJECT = 0.6  # what that of a number of rows counts


# When most happens, whatever the question before was about.
_BUSY = re.compile(
    r"\b(?:bus(?:y|ier|iest)|quiet(?:er|est)?|am meisten los|am wenigsten los)\b", re.IGNORECASE
)


def figure_of(question: Question, table: Table, unlikely: Collection[str] = ()) -> Offered:
    """Returns the measure that a question names, else that of the one before it, else the main one.

    Bare numbers count little, and measures of unlikely columns nothing.
    """
    if (rather := common_meanings.instead_of_named(question, table)) is not None:
        return rather
    if not question.measures and _BUSY.search(question.text):
        return table.rows
    sure = {each.name: each.confidence.value != "guess" for each in table.model.columns}
    asked: Question | None = question
    while asked is not None:
        fitting = [
            (fit * _weight(each, sure), each)
            for fit, each in asked.measures
            if is_figure(each) and not set(unlikely) & set(each.columns)
        ]
        told = [each for each in fitting if not _is_only_group(asked, each[1], table)]
        if told:
            return max(told, key=lambda each: each[0])[1]
        asked = slots.about(asked.before) if asked.before else None
    return slots.main_of(table)


def _weight(offered: Offered, sure: dict[str, bool]) -> float:
    """Returns what a fit counts: “deliveries” in “when are deliveries late” is only the subject."""
    if isinstance(offered.measured.measure, Rows):
        return SUBJECT
    return 1.0 if all(sure.get(name, True) for name in offered.columns) else UNSURE


def is_figure(offered: Offered) -> bool:
    """True unless it counts periods: where each row is a month, the number of months is no news."""
    return not (isinstance(offered.measured.measure, Rows) and offered.counts in PERIODS)


def _is_only_group(question: Question, offered: Offered, table: Table) -> bool:
    """True for a count of things whose name rather says by what groups the question asks."""
    named = {table.model.columns[each.index].name for _, each in question.groups}
    return offered.concept is Concept.COUNT and bool(named & set(offered.columns))
