"""Who is first in a ranking, who follows and who is last; ties are ties, and chance leads nobody."""

from dataclasses import dataclass

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Distinct, Group, Measured, Ratio, Rows
from deckgen.orchestrator.analyst.execution import leads, parts
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.grouped import GroupValue
from deckgen.orchestrator.analyst.execution.results import Statement, state
from deckgen.orchestrator.analyst.execution.row_values import is_outcome
from deckgen.orchestrator.analyst.execution.scopes import Scope
from deckgen.orchestrator.analyst.lexicon.ratio_words import COST
from deckgen.orchestrator.analyst.stats.association import ENOUGH

SPENT = COST | {"spend", "spent", "spending"}
ALIKE = 0.005  # a relative distance that is none for a reader
NAMED = 4  # groups that a sentence names


@dataclass(frozen=True)
class Order:
    """The groups of a measure in their order, the first one first."""

    execute: Executor
    measured: Measured
    group: Group
    scope: Scope
    ranked: list[GroupValue]
    lowest: bool

    @property
    def end(self) -> str:
        """Which end of the values comes first."""
        return "lowest" if self.lowest else "highest"

    @property
    def tied(self) -> list[GroupValue]:
        """The groups at the head that no reader tells apart."""
        first = self.ranked[0].value
        near = ALIKE * max(abs(each.value) for each in self.ranked)
        return [each for each in self.ranked if abs(each.value - first) <= near]

    @property
    def level(self) -> list[GroupValue]:
        """The groups that are not clearly behind the first one."""
        return leads.level_with_first(self.execute, self.measured, self.group, self.scope, self.ranked)

    def names(self, groups: list[GroupValue]) -> list[Fact]:
        """Returns the names of groups."""
        return [self.execute.name(self.group, each.name) for each in groups]

    def placed(self, place: int, *, lowest: bool) -> tuple[Fact, Fact]:
        """Returns name and value of the group at a place from one end."""
        return self.execute.placed(self.measured, self.group, self.scope, place, lowest=lowest)


def told(order: Order) -> list[Statement]:
    """Returns who is first, who follows and who is last, or that none stands out."""
    same = order.tied
    if len(same) == len(order.ranked):
        return [_all_tied(order)]
    level = order.level
    if len(level) == len(order.ranked):
        return _none_stands_out(order)
    if len(same) > 1:
        head = state(
            f"ranking.tied.{order.end}", names=order.names(same[:NAMED]), measure=order.measured.noun,
            value=order.placed(1, lowest=order.lowest)[1],
        )  # fmt: skip
    else:
        head = _not_clearly_first(order, level) if len(level) > 1 else _first(order)
    return [head, *_others(order, len(same))]


def _all_tied(order: Order) -> Statement:
    value, grouping = order.placed(1, lowest=order.lowest)[1], order.execute.noun(order.group.column)
    noun = order.measured.noun
    if len(order.ranked) > NAMED:
        return state("ranking.all_alike", measure=noun, value=value, groups=grouping)
    names = order.names(order.ranked)
    return state("ranking.all_tied", names=names, measure=noun, value=value, groups=grouping)


def _none_stands_out(order: Order) -> list[Statement]:
    """Returns between which values all groups lie, and whose these are."""
    (last, low), (first, high) = (order.placed(1, lowest=way) for way in (True, False))
    noun = order.execute.noun(order.group.column)
    head = state("ranking.level", groups=noun, measure=order.measured.noun, low=low, high=high)
    return [head, state(f"ranking.level.{order.end}", first=first, high=high, last=last, low=low)]


def _not_clearly_first(order: Order, level: list[GroupValue]) -> Statement:
    """Returns the first group with those that chance may have put behind it."""
    first, *others = order.names(level)
    value = order.placed(1, lowest=order.lowest)[1]
    key = f"ranking.{order.end}.unclear" + ("" if len(others) <= NAMED else ".others")
    return state(key, name=first, others=others, value=value, measure=order.measured.noun)


def _first(order: Order) -> Statement:
    execute, measured = order.execute, order.measured
    name, value = order.placed(1, lowest=order.lowest)
    if _is_part(order):
        whole = execute.value(measured, order.scope)
        label = execute.says("label.share_of_name", measure=measured.label, name=name.display)
        share = execute.share(value, whole, label)
        key = "ranking.share.of_cost" if _is_cost(measured) else "ranking.share"
        return state(key, name=name, value=value, share=share, measure=measured.noun)
    if _is_of_few(order):
        within = order.scope.of_group(order.group, order.ranked[0].name)
        return state(
            f"ranking.{order.end}.few", name=name, value=value, measure=measured.noun,
            rows=parts.rows(execute, within), things=parts.things(execute),
        )  # fmt: skip
    return state(_at(order, order.end), name=name, value=value, measure=measured.noun)


def _is_cost(measured: Measured) -> bool:
    """True of what nobody brings: costs, spending, and whatever should be little."""
    return measured.better == "lower" or bool(SPENT & set(measured.label.lower().split()))


def _is_part(order: Order) -> bool:
    """True if the first group's value is a share of all: no group is below zero."""
    above = all(each.value >= 0 for each in order.ranked)
    adds_up = order.measured.adds_up and not order.lowest and above
    return adds_up and parts.has_shares(order.execute, order.measured, order.scope)


def _at(order: Order, end: str) -> str:
    """Returns how an end is told: of things it is the most or the fewest, else high or low."""
    counts = isinstance(order.measured.measure, Rows | Distinct)
    return f"ranking.{end}.count" if counts else f"ranking.{end}"


def _is_of_few(order: Order) -> bool:
    """True if the first group's mean or rate is one of few rows, where other groups have more."""
    measured = order.measured
    of_sums = isinstance(measured.measure, Ratio) and not is_outcome(measured)
    first, *others = (each.rows for each in order.ranked)
    return not measured.adds_up and not of_sums and 1 <= first < ENOUGH <= max(others)


def _others(order: Order, tied: int) -> list[Statement]:
    ranked = order.ranked
    places = range(tied + 1, min(len(ranked), tied + 1) + 1)
    found = [
        state("ranking.next", name=name, value=value)
        for name, value in (order.placed(place, lowest=order.lowest) for place in places)
    ]
    if len(ranked) > tied + 1:
        name, value = order.placed(1, lowest=not order.lowest)
        other = "highest" if order.lowest else "lowest"
        # It stands first, since it can be understood alone.
        last = state(_at(order, other), name=name, value=value, measure=order.measured.noun)
        found.insert(0, last)
    return found
