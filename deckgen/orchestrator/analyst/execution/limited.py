"""The groups that an answer is limited to, said in its first sentence."""

from collections.abc import Sequence
from dataclasses import replace

from deckgen.domain.facts import Fact
from deckgen.domain.plans import Condition, Group, Plan, Relation
from deckgen.orchestrator.analyst.execution.dated import facts_of
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Result, state

MOST = 2  # groups that a sentence can begin with
TELLING = 3  # letters of a name that needs no column beside it


def with_groups(result: Result, plan: Plan, named: Sequence[Condition], execute: Executor) -> Result:
    """Returns a result whose first sentence says which of the named groups it is about, unless it names
    one of them already.
    """
    result = _with_outcome(result, plan, named, execute)
    head, *others = result.statements
    names = [name for each in plan.filters if each in named for name in _names(each, execute)]
    if not 0 < len(names) <= MOST or {name.id for name in names} & facts_of(head):
        return result
    said = state("scope.before", names=names, said=head)
    return replace(result, statements=[said, *others])


def _with_outcome(result: Result, plan: Plan, named: Sequence[Condition], execute: Executor) -> Result:
    """Returns a result whose first sentence says which outcome its rows have."""
    head, *others = result.statements
    columns = {each.name: each for each in execute.model.columns}
    for each in plan.filters:
        is_short = len(each.values) == 1 and len(str(each.values[0])) < TELLING
        if each not in named or not (columns[each.column].outcome or is_short):
            continue
        column = execute.noun(each.column)
        if each.relation is Relation.KNOWN:
            said = state("scope.dated", column=column, said=head)
            return replace(result, statements=[said, *others])
        if not _names(each, execute) and len(each.values) == 1:
            value = execute.name(Group(column=each.column), each.values[0])
            said = state("scope.where", column=column, value=value, said=head)
            return replace(result, statements=[said, *others])
    return result


def _names(condition: Condition, execute: Executor) -> list[Fact]:
    """Returns the names of groups that a question limits its answer to; not of what was actual, nor of
    a currency.
    """
    model = execute.model
    own = {each.column for each in model.scenarios}
    own |= {model.currencies.column} if model.currencies else set()
    telling = [str(value) for value in condition.values]
    if condition.relation is not Relation.IS or condition.column in own:
        return []
    if not all(len(name) >= TELLING and name.lower() not in ("yes", "true") for name in telling):
        return []
    return [execute.name(Group(column=condition.column), value) for value in condition.values]
