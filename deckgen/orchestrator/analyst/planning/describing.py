"""Plans in words, for people who want to see how a question was understood."""

from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import By, Condition, Group, Plan, Span
from deckgen.orchestrator.analyst.profiling.timeline import shift

PARTS = (By.HOUR, By.WEEKDAY, By.MONTH, By.PERIOD, By.BAND)


def described(plan: Plan, labels: dict[str, str], language: Language) -> str:
    """Returns what a plan computes; `labels` are the names of columns for people."""
    says = language.say
    parts = [", ".join(measured.label for measured in plan.measures)]
    if plan.groups:
        parts.append(says("plan.by", groups=language.listed(groups(plan, labels, language))))
    parts += [says("plan.where", condition=one) for one in filters(plan, labels, language)]
    if plan.period:
        parts.append(says("plan.in", period=_span(plan.period, language)))
    if plan.base:
        parts.append(says("plan.against", period=_span(plan.base, language)))
    name = language.known(f"operation.{plan.operation}", plan.operation.replace("_", " "))
    return says("plan.whole", operation=name, parts=", ".join(parts))


def groups(plan: Plan, labels: dict[str, str], language: Language) -> list[str]:
    """Returns by what a plan groups."""
    return [_group(group, labels, language) for group in plan.groups]


def filters(plan: Plan, labels: dict[str, str], language: Language) -> list[str]:
    """Returns which rows a plan takes."""
    return [_condition(condition, labels, language) for condition in plan.filters]


def periods(plan: Plan, language: Language) -> list[str]:
    """Returns the period of a plan and the one that it is compared with, as far as it has them."""
    return [_span(span, language) for span in (plan.period, plan.base) if span]


def _group(group: Group, labels: dict[str, str], language: Language) -> str:
    name = labels.get(group.column, group.column)
    return language.say(f"plan.group.{group.by}", name=name) if group.by in PARTS else name


def _condition(condition: Condition, labels: dict[str, str], language: Language) -> str:
    against = labels.get(condition.other, condition.other) if condition.other else ""
    against += f" + {labels[condition.after.column]}" if condition.after else ""
    values = [against] if against else [str(value) for value in condition.values[:5]]
    said = language.listed(values, "list.or")
    column = labels.get(condition.column, condition.column)
    return language.say(f"plan.{condition.relation}", column=column, values=said).rstrip()


def _span(span: Span, language: Language) -> str:
    if span.end is None or span.end == shift(span.start, span.grain, 1):
        return language.say(f"plan.one.{span.grain}", start=str(span.start))
    return language.say(f"plan.some.{span.grain}", start=str(span.start), end=str(span.end))
