"""Measures that are derived from scenarios and outcomes: attainment, variance, shares."""

from deckgen.domain.table_models import (
    DerivedKind,
    DerivedMeasure,
    Scenario,
    ScenarioKind,
    ScenarioMember,
)
from deckgen.orchestrator.analyst.lexicon import date_words, outcome_words
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look

YES = frozenset({"1", "(a date)", *(yes for yes, _ in outcome_words.YES_NO)})
UNSAID = outcome_words.FLAG_WORDS | date_words.PLAIN


def of_scenarios(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns how far each actual amount is from what it is held against."""
    found = []
    for scenario in made.scenarios:
        if scenario.column is None:
            actual, *others = scenario.members
            for other in others:
                found += _against(look, scenario, actual, other)
    return found


def _against(
    look: Look, scenario: Scenario, actual: ScenarioMember, other: ScenarioMember
) -> list[DerivedMeasure]:
    held, against = look.named(actual.name), look.named(other.name)
    variance = DerivedMeasure(
        kind=DerivedKind.VARIANCE,
        label=f"{held.label} less {against.label}",
        columns=[held.name, against.name],
        symbol=held.column.symbol,
        reason=scenario.reason,
        confidence=scenario.confidence,
    )
    if other.kind is ScenarioKind.PRIOR or held.column.symbol == "%":
        return [variance]  # of percentages the difference is told, in points
    attainment = DerivedMeasure(
        kind=DerivedKind.ATTAINMENT,
        label=f"{held.label} as a share of {against.label}",
        columns=[held.name, against.name],
        symbol="%",
        reason=scenario.reason,
        confidence=scenario.confidence,
    )
    return [attainment, variance]


def of_outcomes(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns the share of rows in which each outcome is the one that counts."""
    found = []
    for name, outcome in made.outcomes.items():
        known = look.named(name)
        words = [word for word in known.label.split() if word.lower() not in UNSAID]
        label = " ".join(words) if outcome.counts.lower() in YES else f"of {outcome.counts}"
        if known.label.endswith("?"):
            label = f"of {outcome.counts}: {known.label}"
        found.append(
            DerivedMeasure(
                kind=DerivedKind.OUTCOME_SHARE,
                label=f"share {label or known.label}",
                columns=[name],
                symbol="%",
                reason=f"“{outcome.counts}” is the value of “{known.label}” that counts",
                confidence=outcome.confidence,
            )
        )
    return found
