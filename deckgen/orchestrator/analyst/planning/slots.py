"""Slots that a question leaves open, filled by what it says before, or by what matters most."""

import re
from dataclasses import replace
from pathlib import Path

from deckgen.domain.datasets import Role
from deckgen.domain.plans import Condition, Group, Relation
from deckgen.domain.table_models import MeasureKind, ScenarioKind
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.ratio_words import REVENUE
from deckgen.orchestrator.analyst.measures.counts import UNTOLD
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import common_meanings, per_unit, shares
from deckgen.orchestrator.analyst.planning.columns import WHO_COME
from deckgen.orchestrator.analyst.planning.widest import widest
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.roles import PARTIES
from deckgen.orchestrator.analyst.profiling.stemming import stems
from deckgen.orchestrator.analyst.questions import kinds
from deckgen.orchestrator.analyst.questions.reading import Question, has_most
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import WORD, fits
from deckgen.orchestrator.analyst.sql import quoting

GROUPS = (2, 60)  # a dimension with more groups is chosen only by name
TIME_UNITS = stems(
    {"days", "hours", "minutes", "seconds", "weeks", "duration", "tage", "stunden", "minuten", "dauer"}
)
_HAS_MOST = re.compile(
    r"\b(?:ha(?:s|ve|d)|with|sees?|saw|gets?|got) (?:the )?(?:most|fewest) [a-z]+s\b"
    r"|\b(?:haben|hat|hatten|hatte|gibt es|mit) (?:die |den )?(?:meisten|wenigsten) [A-ZÄÖÜ]",
    re.IGNORECASE,
)
PEOPLE = frozenset(WHO_COME) - {"name", "email", "phone", "account"}
GROUPED = frozenset({"group", "team", "type", "class", "category", "segment", "gruppe", "art"})
SHARES = (Concept.OUTCOME, Concept.COUNT)  # of which none is an amount
THEMES = frozenset({
    "reason", "cause", "topic", "issue", "subject", "category", "problem", "grund", "thema", "anlass",
    "ursache",
})  # fmt: skip
COUNTED = (Cue.MANY, Cue.MOST, Cue.LEAST)
AMOUNTS = frozenset({MeasureKind.FLOW, MeasureKind.STOCK, MeasureKind.PRICE})


def main_of(table: Table) -> Offered:
    """Returns the measure that matters most where none is named: of equal ones the first."""
    return max(table.offered, key=lambda each: each.weight)


def measure_of(question: Question, table: Table, *concepts: Concept) -> Offered:
    """Returns the measure of a question: the one it names, of one of the concepts if it names such;
    else that of the question before it; else the one that matters most.
    """
    if (rather := common_meanings.instead_of_named(question, table)) is not None:
        return rather
    named = question.of(*concepts) if concepts else question.measure
    if named is None:
        named = question.measure
    if named is not None and _is_group_only(question, named):
        named = None
    if named is not None and is_only_for_each(question, named):
        named = _for_each(question, table) or named
    if named is not None:
        return named
    if (meant := _meant(question, table)) is not None:
        return meant
    return measure_of(about(question.before), table, *concepts) if question.before else main_of(table)


def is_only_for_each(question: Question, measure: Offered) -> bool:
    """True if a question names nothing but what it asks an amount for each of: what we earn a guest."""
    per, named = question.words.per, [each for _, each in question.measures]
    return per is not None and measure in named and all(fits(per, each.names[0]) for each in named)


def _for_each(question: Question, table: Table) -> Offered | None:
    """Returns the amount that a question means, for each of what it names: what a user brings."""
    amount = common_meanings.meant(question, table)
    return per_unit.of(question, table, amount) if amount is not None else None


def about(before: Question) -> Question:
    """Returns a question before without the outcome that was asked about only for what goes with it."""
    others = [each for each in before.measures if each[1].concept is not Concept.OUTCOME]
    return replace(before, measures=others) if others and before.has(Cue.RELATION) else before


def _meant(question: Question, table: Table) -> Offered | None:
    """Returns what a question means by its form: how long something takes if it asks for the slowest,
    and the rows if it asks for the number of what columns describe, or who has most of what none holds.
    """
    share = shares.before(question, table) or shares.that_occurs(question, table)
    if share is not None:
        return share
    if any(question.words.counts_only(each.label) for each in table.model.columns):
        return table.rows
    usual = common_meanings.meant(question, table)
    if usual is not None and not _lasts(question, table):
        return usual
    if question.has(Cue.SLOW):
        return next((each for each in table.offered if is_duration(each, table)), None)
    if question.has(*COUNTED) and _says_file(question, table):
        return table.rows
    if _HAS_MOST.search(question.text) and not main_of(table).measured.adds_up:
        return table.rows
    return None


def _says_file(question: Question, table: Table) -> bool:
    """True if a question names what the file is called after, and no column is: complaints."""
    words = stems(word for word in WORD.findall(Path(table.source.name).stem.lower()) if word.isalpha())
    labels = [table.words_of(each.name) for each in table.model.columns]
    others = [word for word in words if not any(fits(word, each) for each in labels)]
    return bool(question.words.stems & {word for word in others if len(word) > 3})


def _lasts(question: Question, table: Table) -> bool:
    """True if a question may ask how long something takes, and the table says that."""
    lasting = (each.concept is Concept.DURATION for each in table.offered)
    return question.has(Cue.SLOW) and any(lasting)


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
    said = [word for word in WORD.findall(question.text.lower()) if word in REVENUE]
    if not said or question.before is not None:
        return None
    if question.measures:
        outcomes = all(each.concept in SHARES for _, each in question.measures)
        return said[0] if outcomes and question.has(Cue.MUCH) else None
    return None if main_of(table).measured.adds_up else said[0]


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
    if (asked := _of_asked_kind(question, table, few, usable)) is not None:
        return asked
    if question.before is not None and question.before.groups:
        before = question.before.groups[0][1]
        if before in usable:
            return before
    return few[0] if few else usable[0] if usable else None


def _of_asked_kind(
    question: Question, table: Table, few: list[Dimension], usable: list[Dimension]
) -> Dimension | None:
    """Returns people where a question asks who, reasons where it asks what about, places where it asks
    where. Of our own people and those with whom business is done, our own come first.
    """
    if question.has(Cue.WHO):
        people = [each for each in [*few, *usable] if are_people(each, table)]
        people = people or [each for each in few if PEOPLE & set(_name_words(each, table))]
        if people:
            return min(people, key=lambda each: _is_party(each, table))
    if question.has(Cue.THEMES):
        themes = [each for each in few if THEMES & set(_name_words(each, table))]
        if themes:
            return themes[0]
    if question.has(Cue.WHERE):
        places = [d for d in usable if table.model.columns[d.index].role is Role.GEOGRAPHY]
        return places[0] if places else None
    return None


def are_people(dimension: Dimension, table: Table) -> bool:
    """True if the groups of a column are people: agents, doctors, sales reps."""
    words = read_name(table.model.columns[dimension.index].name).words
    known = PEOPLE & set(words) or any(map(kinds.are_people, words))
    return bool(known) and not GROUPED & set(words)


def _is_party(dimension: Dimension, table: Table) -> bool:
    return bool(PARTIES & set(_name_words(dimension, table)))


def _name_words(dimension: Dimension, table: Table) -> tuple[str, ...]:
    return tuple(read_name(table.model.columns[dimension.index].name).words)


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
