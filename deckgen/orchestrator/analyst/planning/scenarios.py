"""The two sides of a plan and what became of it, as measures."""

from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Cell, Condition, Mean, Measure, Measured, Relation, Total
from deckgen.domain.table_models import Confidence, Scenario, ScenarioKind, ScenarioMember
from deckgen.orchestrator.analyst.lexicon import scenario_words
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.ratio_words import REVENUE
from deckgen.orchestrator.analyst.measures.columns import cell_of
from deckgen.orchestrator.analyst.measures.offered import Concept
from deckgen.orchestrator.analyst.planning import slots
from deckgen.orchestrator.analyst.profiling.units import unit_of
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

COST = (
    "cost",
    "costs",
    "spend",
    "spent",
    "overspend",
    "overspent",
    "expense",
    "expenses",
    "kosten",
    "ausgaben",
)
INCOME = ("income", "profit", "output", "erlös", "gewinn", "absatz", *sorted(REVENUE))
NUMBERS = ("BIGINT", "DOUBLE")
WORDS = (
    (ScenarioKind.ACTUAL, scenario_words.ACTUAL),
    (ScenarioKind.BUDGET, scenario_words.BUDGET),
    (ScenarioKind.FORECAST, scenario_words.FORECAST),
)
NOUNS = {
    ScenarioKind.ACTUAL: "the actual value",
    ScenarioKind.BUDGET: "the plan",
    ScenarioKind.FORECAST: "the forecast",
    ScenarioKind.PRIOR: "the year before",
}
Sides = tuple[Measured, Measured]  # what was, and what it is held against


def scenario_of(
    question: Question, table: Table
) -> tuple[Scenario, ScenarioMember, ScenarioMember] | None:
    """Returns a scenario with its actual side and the one that the question holds against it."""
    for scenario in table.model.scenarios or _by_name(table):
        actual = _of_kind(scenario, ScenarioKind.ACTUAL)
        other = _other(question, scenario)
        if actual and other:
            return scenario, actual, other
    return None


def _by_name(table: Table) -> list[Scenario]:
    """Returns the sides that the names of two columns of numbers say: a target that is the same in
    every row is no measure by itself, and so no scenario of the model.
    """
    members = [
        ScenarioMember(kind=kind, name=column.name)
        for kind, words in WORDS
        for column in table.model.columns
        if column.type in NUMBERS and words & {word.lower() for word in read_name(column.name).words}
    ]
    if not any(member.kind is ScenarioKind.ACTUAL for member in members):
        members += _spent(table)
    names = [member.name for member in members]
    if len(set(names)) < 2 or len(set(names)) < len(names):
        return []
    reason, sure = "the names of the columns say it", Confidence.LIKELY
    return [Scenario(column=None, members=members, reason=reason, confidence=sure)]


def _spent(table: Table) -> list[ScenarioMember]:
    """Returns what was spent, which may be held against a budget."""
    return [
        ScenarioMember(kind=ScenarioKind.ACTUAL, name=column.name)
        for column in table.model.columns
        if column.type in NUMBERS
        and scenario_words.SPENT & {word.lower() for word in read_name(column.name).words}
    ][:1]


def _other(question: Question, scenario: Scenario) -> ScenarioMember | None:
    """Returns the side that is named, else the plan, else what there is."""
    named: list[ScenarioKind] = []
    if question.words.says(("forecast", "prognose", "expected")):
        named.append(ScenarioKind.FORECAST)
    if question.has(Cue.PREVIOUS):
        named.append(ScenarioKind.PRIOR)
    order = [*named, ScenarioKind.BUDGET, ScenarioKind.FORECAST, ScenarioKind.PRIOR]
    return next((found for kind in order if (found := _of_kind(scenario, kind))), None)


def _of_kind(scenario: Scenario, kind: ScenarioKind) -> ScenarioMember | None:
    return next((member for member in scenario.members if member.kind is kind), None)


def sides_of(
    question: Question,
    table: Table,
    found: tuple[Scenario, ScenarioMember, ScenarioMember],
) -> Sides:
    """Returns what was and what it is held against as two measures."""
    scenario, actual, other = found
    better = "lower" if _is_cost(question, table, found) else "higher"
    if scenario.column is None:
        first, second = (_of_column(table, member.name) for member in (actual, other))
    else:
        value = _value(question, table, scenario.column)
        first, second = (
            _of_value(value, scenario.column, member, table.language) for member in (actual, other)
        )
    return first.model_copy(update={"better": better}), second


def _of_column(table: Table, name: str) -> Measured:
    column = table.column(name)
    place = table.model.columns.index(column)
    cell = cell_of(table.model, column)
    measure: Measure = Mean(of=cell) if column.symbol == "%" else Total(of=cell)
    return Measured(
        measure=measure, label=column.label, noun=f"{{{{c{place}}}}}", unit=unit_of(column),
        columns=[name], adds_up=column.symbol != "%", over_time=column.symbol != "%",
    )  # fmt: skip


def _value(question: Question, table: Table, column: str) -> Measured:
    """Returns the amount that the values of a column split into what was and what was planned."""
    named = slots.measure_of(question, table)
    if named.concept is Concept.COLUMN and column not in named.columns:
        return named.measured
    return max(
        (each for each in table.offered if each.concept is Concept.COLUMN), key=lambda each: each.weight
    ).measured


def _of_value(value: Measured, column: str, member: ScenarioMember, language: Language) -> Measured:
    only = Condition(column=column, relation=Relation.IS, values=[member.name])
    of = value.measure.of if isinstance(value.measure, Total | Mean) else Cell(column=value.columns[0])
    return value.model_copy(
        update={
            "measure": Total(of=of, where=[only]),
            "label": f"{value.label}, {member.name}",
            "noun": language.nouns.of(NOUNS[member.kind]),
            "columns": [*value.columns, column],
        }
    )


def _is_cost(
    question: Question, table: Table, found: tuple[Scenario, ScenarioMember, ScenarioMember]
) -> bool:
    """True if less than planned is good: the question or the table speaks of costs, or of a budget and
    not of income.
    """
    _, actual, other = found
    text = f"{question.text} {' '.join(column.label for column in table.model.columns)}".lower()
    names = f"{actual.name} {other.name}".lower()
    known = {column.name: column.direction for column in table.model.columns}.get(actual.name)
    if any(word in names for word in INCOME) or (known and known.better == "higher"):
        return False
    if any(word in question.text.lower() for word in COST):
        return True
    if any(word in text for word in INCOME):
        return False
    return any(word in text for word in COST) or "budget" in names


def known(table: Table, found: tuple[Scenario, ScenarioMember, ScenarioMember]) -> list[Condition]:
    """Returns which rows count: those with both sides, since a plan of months to come is not missed."""
    scenario, actual, other = found
    if scenario.column is not None:
        return []
    return [
        Condition(column=member.name, relation=Relation.KNOWN)
        for member in (actual, other)
        if table.column(member.name).missing
    ]
