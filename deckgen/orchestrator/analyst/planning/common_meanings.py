"""What questions mean by everyday words, where no measure is called so: popular, good value, a rate."""

import re
from dataclasses import replace

from deckgen.domain.plans import Ratio
from deckgen.domain.table_models import MeasureKind
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.ratio_words import FILLED, QUANTITY
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.measures.per_thing import each_of
from deckgen.orchestrator.analyst.planning import money, productivity
from deckgen.orchestrator.analyst.questions import summing
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

_POPULAR = re.compile(r"\bpopular|\bbeliebt|\bbus(?:y|ier|iest)\b|\bquiet(?:er|est)?\b", re.IGNORECASE)
_FULL = re.compile(
    r"\bhow (?:full|empty)\b|\b(?:stay|stays|are|is) empty\b|\boccupan|\butili[sz]|\bausgelastet"
    r"|\bauslastung|\bwie voll\b",
    re.IGNORECASE,
)
_SPEED = re.compile(
    r"\bpace\b|\bspeed\b|\bfast(?:er|est)?\b|\bslow(?:er|est)?\b|\btempo\b|\bschnelle|\blangsame",
    re.IGNORECASE,
)
_DONE_MOST = re.compile(  # which genre is borrowed most
    r"\b(?:which|what)\s+\w+\s+(?:is|are|was|were|gets?|got)\s+(?:most\s+)?\w+(?:ed|en|ld|ught)\b.{0,12}\bmost\b"
    r"|\b(?:which|what)\s+\w+\s+(?:is|are|was|were|gets?|got)\s+most\s+\w+(?:ed|en|ld|ught)\b",
    re.IGNORECASE,
)
_OFTEN = re.compile(
    r"\bmost (?:often|frequent(?:ly)?|common)\b|\bam (?:häufigsten|öftesten)\b|\bhäufigste[nrs]?\b",
    re.IGNORECASE,
)
_WHEN_MOST = re.compile(r"\bwhen do (?:the )?most\b|\bwann .{2,20}\bdie meisten\b", re.IGNORECASE)
_EARNED_OR_PAID = re.compile(
    r"\bhow much (?:money )?(?:do|did) (?:we|i|they) (?:earn|pay|spend)\b|\bhow much money\b"
    r"|\bwie viel (?:geld )?(?:verdienen|zahlen|geben)\b",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"\b(?:best|good|better|worst) value\b|\bvalue for money\b|\bworth it\b|\befficien|\beffizien",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\b(?:average|mean|typical|usual|normal|median|highest|lowest)\s+(rate|price|value|amount|level|score)\b",
    re.IGNORECASE,
)
_MORE_MONEY = re.compile(
    r"\b(?:should|could|deserves?)\b.{1,30}\bmore (?:budget|money|spend|spending)\b|\bmehr budget\b",
    re.IGNORECASE,
)
DISTANCES = frozenset({"km", "mi", "miles", "m"})
SOUGHT = QUANTITY | frozenset({
    "views", "visits", "visitors", "downloads", "plays", "streams", "listeners", "viewers", "orders",
    "bookings", "guests", "users", "members", "sold", "sales", "attendance", "covers", "besucher",
    "aufrufe",
})  # fmt: skip


def meant(question: Question, table: Table) -> Offered | None:
    """Returns the measure that a question means by an everyday word, if the table has such."""
    if _POPULAR.search(question.text):
        return _sought(table)
    if _VALUE.search(question.text):
        return _spent_for_each(table)
    if _SPEED.search(question.text) and (pace := pace_of(table)) is not None:
        return pace
    if is_of_frequency(question):
        return table.rows
    return (
        _headed(question, table) or money.meant(question, table) or productivity.meant(question, table)
    )


def instead_of_named(question: Question, table: Table) -> Offered | None:
    """Returns what a question means though it names another measure: how full seats are, and the cost
    for each of what is wanted where it asks who should get more budget.
    """
    if _POPULAR.search(question.text) and question.groups:
        return _sought(table)
    if _WHEN_MOST.search(question.text):
        return table.rows
    if _EARNED_OR_PAID.search(question.text) and not question.words.per:
        return _money_instead(question, table)
    if _FULL.search(question.text):
        return next((each for each in table.offered if each.measured.label in FILLED), None)
    return _spent_for_each(table) if _MORE_MONEY.search(question.text) else None


def _money_instead(question: Question, table: Table) -> Offered | None:
    """Returns the amount of money that is meant, where none of those that a question names is one."""
    if any(money.is_money(each) for _, each in question.measures):
        return None
    return money.meant(question, table)


def of_value(question: Question, table: Table) -> Offered | None:
    """Returns what is spent for each of what is wanted, if a question asks whether something is worth
    it.
    """
    return _spent_for_each(table) if _VALUE.search(question.text) else None


def is_of_frequency(question: Question) -> bool:
    """True if a question asks what comes up most often, in whatever words: borrowed most."""
    text = question.text
    return _DONE_MOST.search(text) is not None or _OFTEN.search(text) is not None


def pace_of(table: Table) -> Offered | None:
    """Returns the time for each kilometre, where rows say how far something went and how long."""
    columns = [each for each in table.model.columns if each.measure]
    took = [each for each in columns if each.measure and each.measure.kind is MeasureKind.DURATION]
    far = [each for each in columns if each.symbol in DISTANCES]
    if len(took) != 1 or len(far) != 1:
        return None
    time, distance = summing.sum_of(took[0], table), summing.sum_of(far[0], table)
    pace = each_of(time, distance, table.data, table.language)
    return replace(pace, measured=pace.measured.model_copy(update={"better": "lower"}))


def _sought(table: Table) -> Offered:
    """Returns the number that says how much something is asked for, else the number of rows."""
    amounts = (
        each for each in table.offered if each.concept is Concept.COLUMN and _words(each) & SOUGHT
    )
    return max(amounts, key=lambda each: each.weight, default=table.rows)


def _spent_for_each(table: Table) -> Offered | None:
    """Returns what is spent for each of what is wanted: of several ratios the last step, a signup."""
    costs = [
        each
        for each in table.offered
        if isinstance(each.measured.measure, Ratio) and each.measured.better == "lower"
        if each.concept is Concept.RATIO
    ]
    return costs[-1] if costs else None


def _headed(question: Question, table: Table) -> Offered | None:
    """Returns the only column of numbers whose name begins or ends with a word that many names have."""
    said = _HEAD.search(question.text)
    if said is None:
        return None
    found = [
        each
        for each in table.offered
        if each.concept is Concept.COLUMN
        for words in (read_name(each.columns[0]).words,)
        if said[1].lower() in (words[0], words[-1])
    ]
    return found[0] if len(found) == 1 else None


def _words(offered: Offered) -> set[str]:
    return {word for name in offered.columns for word in read_name(name).words}
