"""How far the change of a rate is of a group's own rate, and how far of its part of the whole."""

from dataclasses import dataclass
from typing import Any

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Group, Measured, Ratio
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.pairs import Pair
from deckgen.orchestrator.analyst.execution.scopes import Scope


@dataclass(frozen=True)
class Effect:
    """What one group does to the rate of all: by its own rate and by its part, which is told."""

    own: float
    mix: float
    old_part: Fact
    new_part: Fact


def of_group(
    execute: Executor, measured: Measured, group: Group, scope: Scope, pair: Pair, name: Any
) -> Effect | None:
    """Returns the effect of a group, by the means of both periods: its change of rate at its mean part,
    and its change of part at the distance of its mean rate from that of all. None without a part.
    """
    assert isinstance(measured.measure, Ratio)
    per = measured.measure.per
    label = execute.label_of(per) or execute.says("label.base_of", measure=measured.label)
    whole = measured.model_copy(update={"measure": per, "label": label, "unit": execute.unit_of(per)})
    own = scope.of_group(group, name)
    facts = []
    for span in (pair.old, pair.new):
        part, every = (execute.value(whole, each.within(span)) for each in (own, scope))
        if not part.value or not every.value:
            return None
        facts.append(
            execute.share(part, every, execute.says("label.part_in", name=name, measure=whole.label))
        )
    rates = [execute.number(measured, own.within(span)) or 0.0 for span in (pair.old, pair.new)]
    all_rates = [execute.number(measured, scope.within(span)) or 0.0 for span in (pair.old, pair.new)]
    shares = [float(fact.value or 0) for fact in facts]
    distance = (sum(rates) - sum(all_rates)) / 2
    return Effect(
        own=(rates[1] - rates[0]) * sum(shares) / 2,
        mix=(shares[1] - shares[0]) * distance,
        old_part=facts[0],
        new_part=facts[1],
    )
