"""What a question supposes to change, and the figures that this may change as well."""

from dataclasses import replace
from itertools import combinations

from deckgen.domain.plans import Difference, Group, Measure, Total
from deckgen.domain.table_models import MeasureKind
from deckgen.orchestrator.analyst.lexicon import assumption_words as of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.profiling.stemming import stems
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words
from deckgen.orchestrator.analyst.sql import quoting

ROWS_PER_GROUP = 4
MOST_SIDES = 5  # amounts that a result may be made of
ROUNDING = 1e-6


def changed(question: Question, table: Table) -> Offered | None:
    """Returns the measure that is named right after the word for the change."""
    verb = of.CHANGING.search(question.text)
    after = question.text[verb.start() :] if verb else ""
    return _named(after, table) or _named(question.text, table)


def _named(text: str, table: Table) -> Offered | None:
    words = Words(text)
    fits = [
        (max(words.fit(names, needs_all=each.needs_all) for names in each.names), each)
        for each in table.offered
        if each.concept is Concept.COLUMN
    ]
    best = max(fits, key=lambda each: each[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def is_price(offered: Offered, table: Table) -> bool:
    """True if a measure is one column, and that of prices."""
    if len(offered.columns) != 1:
        return False
    kind = table.column(offered.columns[0]).measure
    return kind is not None and kind.kind is MeasureKind.PRICE


def of_price(table: Table, price: Offered) -> list[Offered]:
    """Returns the units that are sold at a price, and the revenue if the table has it."""
    units = _column(table, price, of.UNITS, MeasureKind.COUNT)
    revenue = _column(table, price, of.REVENUE, MeasureKind.FLOW)
    return [each for each in (units, revenue) if each] if units else []


def _column(table: Table, price: Offered, words: frozenset[str], kind: MeasureKind) -> Offered | None:
    found = [each for each in table.offered if each.concept is Concept.COLUMN and each is not price]
    kinds = {each.name: each.measure.kind for each in table.model.columns if each.measure}
    fitting = [each for each in found if any(kinds.get(name) is kind for name in each.columns)]
    named = [each for each in fitting if any(stems(words) & names for names in each.names)]
    chosen = named or (fitting if len(fitting) == 1 else [])
    return chosen[0] if chosen else None


def depending(question: Question, table: Table, changed: Offered) -> list[Offered]:
    """Returns what is made of the measure, else what the question names beside it, or the main one."""
    own = set(changed.columns)
    if balance := _balance(question, table, changed):
        return [balance]
    made = [each for each in table.offered if isinstance(each.measured.measure, Difference)]
    made = [each for each in made if own < set(each.columns)]
    named = [each for _, each in question.measures if not own & set(each.columns)]
    others = [each for each in table.offered if not own & set(each.columns)]
    columns = [each for each in others if each.concept is Concept.COLUMN]
    main = sorted(columns, key=lambda each: -each.weight)
    return (made or [each for each in named if each.concept is Concept.COLUMN] or main)[:1]


def alike(question: Question, table: Table) -> list[Group]:
    """Returns the groups that are compared with themselves only: those of the most rows each."""
    usable = [each for each in table.dimensions if each.groups * ROWS_PER_GROUP <= table.model.rows]
    finest = max(usable, key=lambda each: each.groups, default=None)
    return [table.group(finest)] if finest else []


def _balance(question: Question, table: Table, changed: Offered) -> Offered | None:
    """Returns a result that a column holds, as what it is made of: revenue less each cost, say.

    It is the one that the question names, else one whose name says that it is a result.
    """
    totals = {
        each.columns[0]: each
        for each in table.offered
        if each.concept is Concept.COLUMN and isinstance(each.measured.measure, Total)
    }
    named = [each for _, each in question.measures if each in totals.values() and each is not changed]
    results = [each for each in totals.values() if any(stems(of.RESULT) & one for one in each.names)]
    for result in [*named, *results]:
        others = [each for each in totals.values() if each is not result][:MOST_SIDES]
        if result is not changed and changed in others and (made := _made_of(table, result, others)):
            measured = result.measured.model_copy(update={"measure": made})
            if sign_of(made, changed.measured.measure):
                return replace(result, measured=measured)
    return None


def _made_of(table: Table, result: Offered, others: list[Offered]) -> Measure | None:
    """Returns one amount less others that is the result in every row; None if there is none such."""
    for first in others:
        rest = [each for each in others if each is not first]
        for size in range(1, len(rest) + 1):
            for less in combinations(rest, size):
                if _is_balanced(table, result, first, less):
                    measure: Measure = first.measured.measure
                    for each in less:
                        measure = Difference(of=measure, less=each.measured.measure)
                    return measure
    return None


def _is_balanced(table: Table, result: Offered, first: Offered, less: tuple[Offered, ...]) -> bool:
    own, plus, *minus = (quoting.name(each.columns[0]) for each in (result, first, *less))
    off = f"max(abs({own} - ({' - '.join([plus, *minus])})))"
    worst, largest = table.data.one(f"SELECT {off}, max(abs({own})) FROM data")
    return worst is not None and bool(worst <= ROUNDING * largest)


def sign_of(measure: Measure, part: Measure) -> int:
    """Returns how a part goes into a difference: 1 as it is, -1 subtracted, 0 not at all."""
    if measure == part:
        return 1
    if isinstance(measure, Difference):
        return sign_of(measure.of, part) or -sign_of(measure.less, part)
    return 0
