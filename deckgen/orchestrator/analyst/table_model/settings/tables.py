"""What the request says of the table as a whole: axis, statuses, currencies and scenarios."""

from deckgen.domain.table_models import (
    Confidence,
    Currencies,
    Filter,
    FilterValue,
    Scenario,
    ScenarioMember,
)
from deckgen.orchestrator.analyst.table_model import currencies, filters
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look
from deckgen.orchestrator.analyst.table_model.settings import REASON

SURE = Confidence.SURE


def decide(look: Look, made: Decisions) -> None:
    """Replace what was decided of what the request speaks of."""
    if look.settings.table.time_axis and made.time:
        made.time = made.time.model_copy(update={"reason": REASON, "confidence": SURE})
    for name, said in look.settings.columns.items():
        if said.filter is not None:
            _say_filter(look, made, name, [str(value) for value in said.filter])
    if column := look.settings.table.currency_column:
        _say_currencies(look, made, column)
    if look.settings.table.scenario:
        made.scenarios = [_scenario(look)]


def _say_filter(look: Look, made: Decisions, name: str, values: list[str]) -> None:
    known = look.named(name)
    for before in [each for each in made.filters if each.column == name]:
        made.filters.remove(before)
        made.warnings.remove(filters.told(look, known, before))
    if not values:
        return
    counts = look.settings.counts[name]
    found = Filter(
        column=name,
        apart=[FilterValue(value=value, rows=counts[value]) for value in values],
        rows=sum(counts[value] for value in values),
        reason=REASON,
        confidence=SURE,
    )
    made.filters.append(found)
    made.warnings.append(filters.told(look, known, found))


def _say_currencies(look: Look, made: Decisions, name: str) -> None:
    if made.currencies:
        made.warnings.remove(currencies.told(look.named(made.currencies.column), made.currencies))
    codes = list(look.settings.counts[name])
    made.currencies = Currencies(column=name, codes=codes, reason=REASON, confidence=SURE)
    if len(codes) > 1:
        made.warnings.append(currencies.told(look.named(name), made.currencies))


def _scenario(look: Look) -> Scenario:
    said = look.settings.table.scenario
    assert said is not None
    members = [ScenarioMember(kind=kind, name=str(name)) for kind, name in said.members.items()]
    return Scenario(column=said.column, members=members, reason=REASON, confidence=SURE)
