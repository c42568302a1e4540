"""Scenarios: columns, or values of one column, that are actual, budget, forecast or the year before."""

import math

import numpy as np

from deckgen.domain.table_models import Confidence, Scenario, ScenarioKind, ScenarioMember
from deckgen.orchestrator.analyst.lexicon import ratio_words
from deckgen.orchestrator.analyst.lexicon import scenario_words as of
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

WORDS = (
    (ScenarioKind.ACTUAL, of.ACTUAL),
    (ScenarioKind.BUDGET, of.BUDGET),
    (ScenarioKind.FORECAST, of.FORECAST),
    (ScenarioKind.PRIOR, of.PRIOR),
)
MOST_VALUES = 6
ALIKE = 5.0  # times as large, at most: what is held against each other is of one size
ENOUGH = 3  # rows with both
MANY = 8  # rows, from which on it tells something that two columns move together
TOGETHER = 0.8  # as the correlation of their logarithms
NEAR, FARTHER = 0.4, 2.0  # logarithms of a usual distance, and times as far

Part = tuple[Known, ScenarioKind | None, tuple[str, ...]]  # a column, its scenario, its other words


def decide(look: Look, made: Decisions) -> None:
    """Add the scenarios of values, then those of columns."""
    made.scenarios = [found for known in look.columns if (found := _of_values(known, look))]
    made.scenarios += _of_columns(look)


def _of_values(known: Known, look: Look) -> Scenario | None:
    """Returns the scenario of a column all of whose values are one: Actual, Budget."""
    values = look.values.get(known.name, {})
    if known.is_measure or known.column.type != "VARCHAR" or not 2 <= len(values) <= MOST_VALUES:
        return None
    members = [(_kind_of_value(str(value)), str(value)) for value in values]
    kinds = {kind for kind, _ in members}
    if None in kinds or ScenarioKind.ACTUAL not in kinds or len(kinds) < 2:
        return None
    named = known.says(of.SCENARIO_COLUMNS)
    return Scenario(
        column=known.name,
        members=[ScenarioMember(kind=kind, name=name) for kind, name in members if kind],
        reason="each of its values is one, so its rows are never added up across them",
        confidence=Confidence.SURE if named else Confidence.LIKELY,
    )


def _kind_of_value(text: str) -> ScenarioKind | None:
    words = tuple(plain(text).replace("_", " ").replace("-", " ").split())
    kind, rest = _parted(words)
    return kind if not [word for word in rest if not word.isdigit()] else None


def _parted(words: tuple[str, ...]) -> tuple[ScenarioKind | None, tuple[str, ...]]:
    """Returns the scenario that a name has a word of, and the other words; None if it has several."""
    for pair in of.PRIOR_PAIRS:
        if any(words[n : n + 2] == pair for n in range(len(words) - 1)):
            return ScenarioKind.PRIOR, tuple(word for word in words if word not in pair)
    found = [(kind, word) for kind, some in WORDS for word in words if word in some]
    if len(found) != 1:
        return None, words
    kind, word = found[0]
    return kind, tuple(other for other in words if other != word)


def _of_columns(look: Look) -> list[Scenario]:
    parts: list[Part] = [
        (known, *_parted(_without_unit(known))) for known in look.measures if known.column.distinct > 2
    ]
    found = []
    for actual in parts:
        if actual[1] not in (ScenarioKind.ACTUAL, None):
            continue
        others = [
            part
            for part in parts
            if _is_beside(part, actual, parts, look) and _alike(look, part, actual)
        ]
        if others:
            found.append(_scenario(actual, others))
    return found


def _without_unit(known: Known) -> tuple[str, ...]:
    """Returns the words of a name without that of its unit: budget of “budget_eur”."""
    return tuple(word for word in known.words if word != plain(known.column.symbol))


def _is_beside(part: Part, actual: Part, parts: list[Part], look: Look) -> bool:
    """True if a column is a scenario of what the other one holds."""
    (known, kind, rest), (held, kind_of_held, rest_of_held) = part, actual
    if kind in (ScenarioKind.ACTUAL, None) or known.column.symbol != held.column.symbol:
        return False
    if set(rest) == set(rest_of_held):
        return bool(rest) or kind_of_held is ScenarioKind.ACTUAL
    # A lone “target” is of the one amount that there is beside it.
    return not rest and kind is not ScenarioKind.PRIOR and _may_be_of(known, held, kind, parts, look)


def _may_be_of(
    known: Known, held: Known, kind: ScenarioKind | None, parts: list[Part], look: Look
) -> bool:
    amounts = [other for other, of_other, _ in parts if of_other is None and other.adds_up]
    if amounts != [held]:
        return _followed(look, known, amounts) is held
    # A film has a budget that nobody holds against its revenue; what is spent is held against one.
    if "budget" in known.words:
        return held.says(of.SPENT)
    return held.says(ratio_words.REVENUE | of.SPENT) or kind is ScenarioKind.BUDGET


def _followed(look: Look, plan: Known, amounts: list[Known]) -> Known | None:
    """Returns the amount that a plan is of, where there are several: the one that is near it in each
    row and moves with it, by far the nearest of its unit.
    """
    alike = [each for each in amounts if each.column.symbol == plan.column.symbol]
    ranked = sorted(((_distance(look, plan, each), n) for n, each in enumerate(alike)))
    if not ranked or ranked[0][0] > NEAR:
        return None
    is_clear = len(ranked) == 1 or ranked[1][0] > FARTHER * ranked[0][0]
    return alike[ranked[0][1]] if is_clear else None


def _distance(look: Look, plan: Known, held: Known) -> float:
    """Returns how far two columns are apart in a usual row, in logarithms; infinite if they do not move
    together.
    """
    first, second = look.sample[plan.name], look.sample[held.name]
    both = np.isfinite(first) & np.isfinite(second) & (first > 0) & (second > 0)
    if both.sum() < MANY or len(set(first[both])) < MANY:
        return math.inf
    logs = np.log(first[both]), np.log(second[both])
    if not float(np.corrcoef(*logs)[0, 1]) >= TOGETHER:
        return math.inf
    return float(np.median(np.abs(logs[0] - logs[1])))


def _alike(look: Look, part: Part, actual: Part) -> bool:
    """True if two columns are about as large, so that one may be held against the other."""
    first, second = look.sample[part[0].name], look.sample[actual[0].name]
    both = np.isfinite(first) & np.isfinite(second) & (second != 0)
    if both.sum() < ENOUGH:
        return False
    times = abs(float(np.median(first[both]))) / max(abs(float(np.median(second[both]))), 1e-12)
    return bool(1 / ALIKE <= times <= ALIKE)


def _scenario(actual: Part, others: list[Part]) -> Scenario:
    known, kind, rest = actual
    names = ", ".join(f"“{other.label}”" for other, _, _ in others)
    paired = all(set(part[2]) == set(rest) for part in others)
    why = "their names differ in that word alone" if paired else "it is the amount that it goes with"
    sure = paired and kind is ScenarioKind.ACTUAL
    return Scenario(
        column=None,
        members=[
            ScenarioMember(kind=ScenarioKind.ACTUAL, name=known.name),
            *(ScenarioMember(kind=each, name=other.name) for other, each, _ in others if each),
        ],
        reason=f"{names} is held against “{known.label}”: {why}",
        confidence=Confidence.SURE if sure else Confidence.LIKELY if paired else Confidence.GUESS,
    )
