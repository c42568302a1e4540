"""Plans in words, for people who want to see how a question was understood."""

from deckgen.domain.plans import By, Condition, Group, Plan, Relation, Span
from deckgen.orchestrator.analyst.profiling.timeline import shift

RELATIONS = {
    Relation.IS: "is",
    Relation.IS_NOT: "is not",
    Relation.LESS: "is below",
    Relation.AT_MOST: "is at most",
    Relation.MORE: "is above",
    Relation.AT_LEAST: "is at least",
    Relation.KNOWN: "is known",
    Relation.BLANK: "is blank",
    Relation.CONTAINS: "contains",
}
PARTS = {
    By.HOUR: "hour of",
    By.WEEKDAY: "weekday of",
    By.MONTH: "month of",
    By.PERIOD: "periods of",
    By.BAND: "bands of",
}


def described(plan: Plan, labels: dict[str, str]) -> str:
    """Returns what a plan computes; `labels` are the names of columns for people."""
    parts = [", ".join(measured.label for measured in plan.measures)]
    if plan.groups:
        parts.append("by " + " and ".join(groups(plan, labels)))
    parts += [f"where {condition}" for condition in filters(plan, labels)]
    if plan.period:
        parts.append(f"in {_span(plan.period)}")
    if plan.base:
        parts.append(f"against {_span(plan.base)}")
    return f"{plan.operation.replace('_', ' ')}: {', '.join(parts)}"


def groups(plan: Plan, labels: dict[str, str]) -> list[str]:
    """Returns by what a plan groups."""
    return [_group(group, labels) for group in plan.groups]


def filters(plan: Plan, labels: dict[str, str]) -> list[str]:
    """Returns which rows a plan takes."""
    return [_condition(condition, labels) for condition in plan.filters]


def periods(plan: Plan) -> list[str]:
    """Returns the period of a plan and the one that it is compared with, as far as it has them."""
    return [_span(span) for span in (plan.period, plan.base) if span]


def _group(group: Group, labels: dict[str, str]) -> str:
    name = labels.get(group.column, group.column)
    return f"{PARTS[group.by]} {name}" if group.by in PARTS else name


def _condition(condition: Condition, labels: dict[str, str]) -> str:
    against = labels.get(condition.other, condition.other) if condition.other else ""
    values = against or " or ".join(str(value) for value in condition.values[:5])
    column = labels.get(condition.column, condition.column)
    return f"{column} {RELATIONS[condition.relation]} {values}".rstrip()


def _span(span: Span) -> str:
    if span.end is None or span.end == shift(span.start, span.grain, 1):
        return f"the {span.grain} from {span.start}"
    return f"the {span.grain}s from {span.start} to before {span.end}"
