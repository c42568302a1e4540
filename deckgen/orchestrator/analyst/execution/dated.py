"""The period that an answer is about, said in its first sentence."""

from dataclasses import replace

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Plan
from deckgen.orchestrator.analyst.execution import pairs
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Result, Slot, Statement, state


def with_period(result: Result, plan: Plan, execute: Executor) -> Result:
    """Returns a result whose first sentence says the period of its plan; what compares two, or is
    said to be about one already, says it itself.
    """
    if plan.period is None or plan.base is not None:
        return result
    head, *others = result.statements
    when = pairs.within(execute, plan.period)
    if facts_of(when) & facts_of(head):
        return result
    said = state("periods.before", when=when, said=head)
    return replace(result, statements=[said, *others])


def facts_of(slot: Slot) -> set[str]:
    """Returns the facts that a statement, or what stands in one, refers to."""
    if isinstance(slot, Statement):
        return {name for each in slot.slots.values() for name in facts_of(each)}
    if isinstance(slot, Fact):
        return {slot.id}
    return {fact.id for fact in slot} if isinstance(slot, list) else set()
