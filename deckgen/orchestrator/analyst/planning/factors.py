"""Factors: the columns that a measure may go with, and those of them that a question names."""

import re

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.language.languages import AVERAGE
from deckgen.domain.plans import Cell, Group, Mean, Measured
from deckgen.domain.table_models import ColumnModel, ScenarioKind
from deckgen.orchestrator.analyst.execution.effects import Factor
from deckgen.orchestrator.analyst.execution.telling import column_of
from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import fits

MOST_GROUPS, MOST_FACTORS = 30, 30
FEW_VALUES = 5  # of whole numbers: more of them are a number, such as years of school
NUMBERS = frozenset({"BIGINT", "INTEGER", "DOUBLE", "HUGEINT"})
_QUICK = re.compile(r"\b(?:quick|fast|slow|long|schnell|langsam|läng)(?:er)?\b|\bpunctual|\bpünktlich")
_RATE = re.compile(r"\brates\b|rate\b|quoten?\b")


def factors_of(table: Table, own: tuple[str, ...]) -> list[Factor]:
    """Returns every column that a measure may go with: categories and numbers, but not its own, and no
    plan, which was made after it.
    """
    plans = {
        member.name
        for scenario in table.model.scenarios
        for member in scenario.members
        if scenario.column is None and member.kind is not ScenarioKind.ACTUAL
    }
    found = [
        factor
        for column in table.model.columns
        if column.name not in plans.union(own) and (factor := factor_of(table, column)) is not None
    ]
    return found[:MOST_FACTORS]


def factor_of(table: Table, column: ColumnModel) -> Factor | None:
    """Returns a column as groups or as a number; None for ids, dates and texts."""
    if column.role is Role.TIME or not column.distinct >= 2:
        return None
    if column.distinct == 2:
        return Group(column=column.name)
    if column.role is Role.MEASURE:
        return next((each.measured for each in table.offered if _is_column(each, column)), None)
    if column.role is Role.DIMENSION and column.type in NUMBERS and column.distinct > FEW_VALUES:
        return mean_of(table, column)
    if column.role.forms_groups and column.distinct <= min(MOST_GROUPS, table.model.rows // 5):
        return Group(column=column.name)
    return None


def mean_of(table: Table, column: ColumnModel) -> Measured:
    """Returns the mean of a column of numbers, also of few whole ones that could be groups."""
    for each in table.offered:
        if _is_column(each, column):
            return each.measured
    noun = f"{{{{c{table.model.columns.index(column)}}}}}"
    return Measured(
        measure=Mean(of=Cell(column=column.name)),
        label=table.language.say(AVERAGE, measure=column.label),
        noun=table.language.say(AVERAGE, measure=noun),
        unit=Unit(format=ValueFormat.NUMBER),
        columns=[column.name],
        adds_up=False,
        over_time=False,
    )


def _is_column(offered: Offered, column: ColumnModel) -> bool:
    return offered.concept is Concept.COLUMN and offered.columns == (column.name,)


def named_factors(question: Question, table: Table) -> list[tuple[int, Factor]]:
    """Returns the factors whose columns a question names, by the place of the word, one for each."""
    named: list[tuple[int, float, Factor]] = []
    for column in table.model.columns:
        factor = factor_of(table, column)
        fit = question.words.fit(table.words_of(column.name))
        if factor is not None and fit > 0:
            named.append((place_of(question, table.words_of(column.name)), -fit, factor))
    for each in question.filters:
        if not any(column_of(factor) == each.column for *_, factor in named):
            named.append((_place_of_value(question, each.values), -1.0, Group(column=each.column)))
    named.sort(key=lambda each: (each[0], each[1]))
    best = {place: factor for place, _, factor in reversed(named)}
    return sorted(best.items(), key=lambda each: each[0])


def place_of(question: Question, names: frozenset[str]) -> int:
    """Returns where a question says a name, or means it; its length if it does not."""
    words = [each for each in re.finditer(r"[^\W_]+", question.text.lower()) if each[0] not in EMPTY]
    said = [each.start() for each in words if stem(each[0]) in names]
    meant = [each.start() for each in words if fits(stem(each[0]), names)]
    return min(said or meant, default=len(question.text))


def _place_of_value(question: Question, values: list[str | int | float | None]) -> int:
    places = [question.text.lower().find(str(value).lower()) for value in values]
    return min((place for place in places if place >= 0), default=len(question.text))


def explained(question: Question, table: Table) -> Offered | None:
    """Returns the measure that a question is about: an outcome if it names one, never a count of rows;
    if it names none, that of the question before it, else the only outcome or what matters most.
    """
    if (outcome := question.of(Concept.OUTCOME) or _by_value(question, table)) is not None:
        return outcome
    if _RATE.search(question.text.lower()) and (rate := question.of(Concept.RATIO)) is not None:
        return rate
    named = [each for _, each in question.measures if each.concept is not Concept.COUNT]
    if named:
        return named[0]
    if question.before is not None and not question.groups:
        return explained(question.before, table)
    lasting = [each for each in table.offered if slots.is_duration(each, table)]
    if lasting and _QUICK.search(question.text.lower()):
        return lasting[0]
    outcomes = [each for each in table.offered if each.concept is Concept.OUTCOME]
    bad = [each for each in outcomes if each.measured.better == "lower"]
    if len(outcomes) == 1 or len(bad) == 1:
        return (bad or outcomes)[0]
    others = [each for each in table.offered if each.concept is not Concept.COUNT]
    return max(others, key=lambda each: (each.weight, -table.offered.index(each)), default=None)


def _by_value(question: Question, table: Table) -> Offered | None:
    """Returns an outcome that a question names by one of its values: why loans are defaulted."""
    named = {each.column for each in question.filters}
    return next((each for each in table.offered if is_outcome_of(each, named)), None)


def is_outcome_of(offered: Offered, columns: set[str]) -> bool:
    """True for the share of an outcome that one of the columns holds."""
    return offered.concept is Concept.OUTCOME and bool(columns & set(offered.columns))
