"""Slots that a question leaves open, filled by what it says before, or by what matters most."""

import re
from dataclasses import replace

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Condition, Group, Relation, Rows
from deckgen.domain.table_models import MeasureKind, ScenarioKind
from deckgen.orchestrator.analyst.execution import mixes
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.ratio_words import REVENUE
from deckgen.orchestrator.analyst.measures.counts import UNTOLD
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning.columns import WHO_COME
from deckgen.orchestrator.analyst.planning.widest import widest
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.stemming import stems
from deckgen.orchestrator.analyst.questions import kinds
from deckgen.orchestrator.analyst.questions.reading import Question, has_most
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import WORD
from deckgen.orchestrator.analyst.sql import quoting

GROUPS = (2, 60)  # a dimension with more groups is chosen only by name
SURE = 0.9  # of a fit: a telling word of the name is said, or all of it meant
TIME_UNITS = stems(
    {"days", "hours", "minutes", "seconds", "weeks", "duration", "tage", "stunden", "minuten", "dauer"}
)
_HAS_MOST = re.compile(
    r"\b(?:ha(?:s|ve|d)|with|sees?|saw|gets?|got) (?:the )?(?:most|fewest) [a-z]+s\b"
    r"|\b(?:haben|hat|hatten|hatte|gibt es|mit) (?:die |den )?(?:meisten|wenigsten) [A-ZÄÖÜ]",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?:it|they|that|er|sie|es)\b", re.IGNORECASE)
PEOPLE = frozenset(WHO_COME) - {"name", "email", "phone", "account"}
GROUPED = frozenset({"group", "team", "type", "class", "category", "segment", "gruppe", "art"})
AMOUNTS = frozenset({MeasureKind.FLOW, MeasureKind.STOCK, MeasureKind.PRICE})


def main_of(table: Table) -> Offered:
    """Returns the measure that matters most where none is named: of equal ones the first."""
    return max(table.offered, key=lambda each: each.weight)


def measure_of(question: Question, table: Table, *concepts: Concept) -> Offered:
    """Returns the measure of a question: the one it names, of one of the concepts if it names such;
    else that of the question before it; else the one that matters most.
    """
    named = question.of(*concepts) if concepts else question.measure
    if named is None:
        named = question.measure
    if named is not None and _is_group_only(question, named):
        named = None
    if named is not None:
        return named
    if (meant := _meant(question, table)) is not None:
        return meant
    return measure_of(about(question.before), table, *concepts) if question.before else main_of(table)


def about(before: Question) -> Question:
    """Returns a question before without the outcome that was asked about only for what goes with it."""
    others = [each for each in before.measures if each[1].concept is not Concept.OUTCOME]
    return replace(before, measures=others) if others and before.has(Cue.RELATION) else before


def _meant(question: Question, table: Table) -> Offered | None:
    """Returns what a question means by its form: how long something takes if it asks for the slowest,
    and the rows if it asks for the number of what columns describe, or who has most of what none holds.
    """
    if (share := _share_before(question, table)) is not None:
        return share
    if any(question.words.counts_only(each.label) for each in table.model.columns):
        return next(each for each in table.offered if isinstance(each.measured.measure, Rows))
    if question.has(Cue.SLOW):
        return next((each for each in table.offered if is_duration(each, table)), None)
    if _HAS_MOST.search(question.text) and not main_of(table).measured.adds_up:
        return next(each for each in table.offered if isinstance(each.measured.measure, Rows))
    return None


def _share_before(question: Question, table: Table) -> Offered | None:
    """Returns the share that the question before asked for, if this one only says “it”: 5 % of what,
    and where is it highest.
    """
    before = question.before
    if before is None or not before.has(Cue.SHARE) or not _IT.search(question.text):
        return None
    named = [each for each in before.filters if len(each.values) == 1]
    if len(named) != 1 or any(fit >= SURE for fit, _ in before.measures):
        return None
    rows = next(each for each in table.offered if isinstance(each.measured.measure, Rows))
    part, says = str(named[0].values[0]), table.language.say
    measured = mixes.share_of(table.language, rows.measured, named[0]).model_copy(
        update={
            "label": says("label.share_of_column", column=part),
            "noun": says("label.share_of", measure=part) if part.isalpha() else says("label.share"),
        }
    )
    return Offered(measured, Concept.OUTCOME, ())


def is_duration(offered: Offered, table: Table) -> bool:
    """True if a measure says how long something takes."""
    if offered.concept is Concept.DURATION:
        return True
    if offered.concept is not Concept.COLUMN or len(offered.columns) != 1:
        return False
    kind = table.column(offered.columns[0]).measure
    return bool(offered.names[0] & TIME_UNITS) or (
        kind is not None and kind.kind is MeasureKind.DURATION
    )


def missing_amount(question: Question, table: Table) -> str | None:
    """Returns the amount that a question names, such as sales, where no measure is called so and all
    there is instead are means: an average price is no answer to how sales developed.
    """
    if question.measures or question.before is not None or main_of(table).measured.adds_up:
        return None
    said = WORD.findall(question.text.lower())
    return next((word for word in said if word in REVENUE), None)


def _is_group_only(question: Question, offered: Offered) -> bool:
    """True for a count of things whose name rather says by what groups the question asks."""
    counts = offered.concept is Concept.COUNT
    asks_for_number = question.has(Cue.MANY, Cue.MUCH) or has_most(question.words, offered)
    is_time = offered.counts in UNTOLD  # “a year” names no number of years
    return counts and not asks_for_number and (bool(question.groups) or is_time)


def group_of(
    question: Question, table: Table, measure: Offered, *, widest_apart: bool = False
) -> Dimension | None:
    """Returns the dimension that a question asks by. If it names none, the first usable one; of a rate
    the one whose groups differ most, if the question asks where or why, or if `widest_apart`.
    """
    own, alone = set(measure.columns), {each.column for each in question.filters if _is_one(each)}
    usable = [each for each in table.dimensions if table.model.columns[each.index].name not in own]
    for _, dimension in question.groups:
        if dimension in usable:
            return dimension
    few = [
        each
        for each in usable
        if GROUPS[0] <= each.groups <= GROUPS[1] and table.model.columns[each.index].name not in alone
    ]
    is_open = widest_apart or question.has(Cue.WHERE, Cue.CAUSE, Cue.DIFFERENCE_MADE)
    moved = widest_apart or question.has(Cue.DOWN, Cue.UP)
    if is_open and len(few) > 1 and not measure.measured.adds_up:
        return widest(table, measure.measured, few, over_time=moved)
    if question.has(Cue.WHO):
        people = [each for each in [*few, *usable] if are_people(each, table)]
        if people:
            return people[0]
    if question.has(Cue.WHERE):
        places = [d for d in usable if table.model.columns[d.index].role is Role.GEOGRAPHY]
        if places:
            return places[0]
    if question.before is not None and question.before.groups:
        before = question.before.groups[0][1]
        if before in usable:
            return before
    return few[0] if few else usable[0] if usable else None


def are_people(dimension: Dimension, table: Table) -> bool:
    """True if the groups of a column are people: agents, doctors, sales reps."""
    words = read_name(table.model.columns[dimension.index].name).words
    known = PEOPLE & set(words) or any(map(kinds.are_people, words))
    return bool(known) and not GROUPED & set(words)


def _is_one(condition: Condition) -> bool:
    """True for a condition that leaves one group of a column."""
    return condition.relation is Relation.IS and len(condition.values) == 1


def groups_of(
    question: Question, table: Table, measure: Offered, *, widest_apart: bool = False
) -> list[Group]:
    """Returns the grouping that a question asks for, if any, as plans hold it."""
    dimension = group_of(question, table, measure, widest_apart=widest_apart)
    return [table.group(dimension)] if dimension else []


def filters_of(question: Question, table: Table, measure: Offered) -> list[Condition]:
    """Returns which rows count: of groups that are named, and without what a status sets apart."""
    named = [each for each in question.filters if each.column not in measure.columns]
    asked = {each.column for each in question.filters} | set(measure.columns)
    apart = [
        Condition(
            column=each.column,
            relation=Relation.IS_NOT,
            values=[value.value for value in each.apart],
        )
        for each in table.model.filters
        if each.column not in asked
    ]
    currency = _one_currency(question, table, measure)
    return [*named, *apart, *currency, *_what_was(table, asked)]


def _what_was(table: Table, asked: set[str]) -> list[Condition]:
    """Returns that only what was counts where a column says what was and what was planned."""
    return [
        Condition(column=each.column, relation=Relation.IS, values=[member.name])
        for each in table.model.scenarios
        if each.column is not None and each.column not in asked
        for member in each.members
        if member.kind is ScenarioKind.ACTUAL
    ]


def _one_currency(question: Question, table: Table, measure: Offered) -> list[Condition]:
    """Returns the most frequent currency as a condition: amounts in several are never added up."""
    currencies = table.model.currencies
    kinds = {table.column(name).measure for name in measure.columns}
    is_money = any(each is not None and each.kind in AMOUNTS for each in kinds)
    if currencies is None or len(currencies.codes) < 2 or not is_money:
        return []
    if any(each.column == currencies.column for each in question.filters):
        return []
    name = quoting.name(currencies.column)
    (code,) = table.data.one(
        f"SELECT CAST({name} AS VARCHAR) AS c FROM data WHERE c IS NOT NULL "
        "GROUP BY c ORDER BY count(*) DESC, c LIMIT 1"
    )
    return [Condition(column=currencies.column, relation=Relation.IS, values=[code])]
