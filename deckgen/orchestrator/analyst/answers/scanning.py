"""A scan of a table about which nothing is asked: what stands out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scipy.stats import false_discovery_control

from deckgen.domain.facts import Fact, Statistics
from deckgen.domain.findings import Tested
from deckgen.domain.plans import Plan
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, News, NothingNewError, Result
from deckgen.orchestrator.analyst.execution.strength import FLOOR, IMPACT
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.operations import operations
from deckgen.orchestrator.analyst.planning import interests
from deckgen.orchestrator.analyst.planning.operation import Looks
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

SIGNIFICANT = 0.05
MAX_TOLD, OF_A_KIND = 8, 2
FEWER_GROUPS = (3, 1, 1, 0)  # dimensions by which each of them is looked at


@dataclass(frozen=True)
class Found:
    """A result that may stand out; `weight` is how much its measure matters, here and to the brief."""

    plan: Plan
    result: Result
    news: News
    weight: float
    q_value: float = 0.0  # of its test, after correction

    @property
    def score(self) -> float:
        return self.news.strength * self.weight


def scan(task: Question, table: Table, execute: Executor) -> tuple[list[Found], list[Tested]]:
    """Returns what stands out, the most telling first, and the tests that were made for it."""
    found: list[Found] = []
    silent = 0
    for plan, weight in _plans(task, table):
        result = _run(plan, execute)
        if isinstance(result, Result) and result.news is not None:
            found.append(Found(plan, result, result.news, weight * _relevance(plan, table)))
        else:
            silent += 1
    held = _corrected(found, silent)
    chosen = _chosen(held)
    for each in chosen:
        _note_test(each, execute.book)
    return chosen, _tests(found, held)


def leads(
    task: Question, table: Table, execute: Executor, *, worth: str
) -> Iterator[tuple[Plan, Result]]:
    """Yields what of the table as a whole allows moves that are worth this: a profit, for example."""
    for plan in _planned(Looks.ONCE, task, table):
        result = operations()[plan.operation].run(plan, execute)
        if isinstance(result, Result) and any(move.worth == worth for move in result.moves):
            yield plan, result


def _run(plan: Plan, execute: Executor) -> Result | Lacking | None:
    try:
        return operations()[plan.operation].run(plan, replace(execute, only_news=True))
    except NothingNewError:
        return None


def _note_test(found: Found, book: FactBook) -> None:
    """Note the test with the first number of the headline."""
    test = found.news.test
    slots = found.result.statements[0].slots.values()
    numbers = [each for each in slots if isinstance(each, Fact) and isinstance(each.value, int | float)]
    if test and numbers:
        statistics = Statistics(
            test=test.name,
            statistic=test.statistic,
            p_value=test.p_value,
            q_value=found.q_value,
            n=test.n,
        )
        book.note_test(numbers[0].id, statistics)


def _relevance(plan: Plan, table: Table) -> float:
    """Returns how far a plan is about what the brief or its industry names: 1 if it is not."""
    columns = {column.name: place for place, column in enumerate(table.model.columns)}
    names = [name for measured in plan.measures[:1] for name in measured.columns]
    names += [group.column for group in plan.groups[:1]]
    return table.mentions.relevance(tuple(columns[name] for name in names), ())


def _plans(task: Question, table: Table) -> Iterator[tuple[Plan, float]]:
    """Yields what each operation looks at: the table as a whole, each measure, each by its groups."""
    measures = interests.all_measures(task, table)[: len(IMPACT)]
    # Who churned is an outcome, whose share is a measure of its own.
    dimensions = [
        each
        for each in interests.dimensions_of(task, table)
        if table.model.columns[each.index].outcome is None
    ]
    yield from ((plan, IMPACT[0]) for plan in _planned(Looks.ONCE, task, table))
    for measure, impact, most in zip(measures, IMPACT, FEWER_GROUPS, strict=False):
        asked = replace(task, measures=[(1.0, measure)], groups=[], filters=[])
        yield from ((plan, impact) for plan in _planned(Looks.MEASURES, asked, table))
        for dimension in dimensions[:most]:
            by_group = replace(asked, groups=[(1.0, dimension)])
            yield from ((plan, impact) for plan in _planned(Looks.GROUPS, by_group, table))


def _planned(looks: Looks, task: Question, table: Table) -> Iterator[Plan]:
    for operation in operations().values():
        if operation.looks is looks:
            plan = operation.plan(task, table)
            if isinstance(plan, Plan) and operation.may_be_news(plan, table):
                yield plan


def _corrected(found: list[Found], silent: int) -> list[Found]:
    """Returns what holds after correction for all that was looked at (Benjamini and Hochberg, 1995),
    also for what found nothing; descriptions hold anyway.
    """
    tested = [(each, each.news.test.p_value) for each in found if each.news.test]
    p_values = [p_value for _, p_value in tested] + [1.0] * silent
    q_values = false_discovery_control(p_values, method="bh") if p_values else []
    q_of = {id(each): float(q) for (each, _), q in zip(tested, q_values, strict=False)}
    known = [replace(each, q_value=q_of.get(id(each), 0.0)) for each in found]
    return [each for each in known if each.q_value < SIGNIFICANT]


def _chosen(held: list[Found]) -> list[Found]:
    """Returns the most telling ones, what changed before all else: few of a kind, no picture twice, and
    of two columns that go together only how the first goes with the second.
    """
    kinds: Counter[str] = Counter()
    seen: set[object] = set()
    chosen: list[Found] = []
    for each in sorted(held, key=lambda each: -each.score):
        tells = {_picture(each.result), _pair(each.result)} - {None}
        is_new = not tells & seen and kinds[each.plan.operation] < OF_A_KIND
        if is_new and each.score >= FLOOR and len(chosen) < MAX_TOLD:
            kinds[each.plan.operation] += 1
            seen |= tells
            chosen.append(each)
    return sorted(chosen, key=lambda each: not each.news.moves)


def _picture(result: Result) -> str:
    return str(result.chart and [one.values for one in result.chart.series])


def _pair(result: Result) -> frozenset[object] | None:
    """Returns the two columns that go together, in whichever order; None of what is about another."""
    slots = result.statements[0].slots
    both = slots.get("measure"), slots.get("number")
    return frozenset(both) if all(isinstance(each, str) for each in both) else None


def _tests(found: list[Found], held: list[Found]) -> list[Tested]:
    """Returns each test by name: how often it was made, and how often it held."""
    made, kept = (
        Counter(each.news.test.name for each in some if each.news.test) for some in (found, held)
    )
    return [Tested(name=name, made=made[name], held=kept[name]) for name in sorted(made)]
