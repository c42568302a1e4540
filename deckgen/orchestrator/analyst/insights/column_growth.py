"""Column growth: which of the columns grew most between two periods, which least."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Statistics, Text
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT, Unit
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.wide_columns import METHOD, ItemChange, Items
from deckgen.orchestrator.analyst.profiling.metrics import Metric

MIN_COLUMNS = 4


def candidate(items: Items, changes: list[ItemChange]) -> Candidate | None:
    """None if too few of the columns have a rate of growth."""
    rates = {item.part: item.rate for item in changes if item.rate is not None}
    if len(rates) < MIN_COLUMNS:
        return None
    ranked = sorted(rates, key=lambda part: (-rates[part], part.columns))
    highest, lowest = rates[ranked[0]], rates[ranked[-1]]
    return Candidate(
        InsightKind.RANKING,
        f"columns|growth{' before' if items.before else ''}",
        impact=0.6 if items.before else 0.9,
        strength=min(1.0, 0.3 + (highest - lowest) / 2),
        write=partial(_write, items, ranked, highest > 0, lowest < 0),
        columns=tuple(column for item in changes for column in item.part.columns),
    )


def _write(
    items: Items,
    ranked: list[Metric],
    any_grew: bool,
    any_fell: bool,
    book: FactBook,
    _: Statistics | None,
) -> Story:
    """`ranked` are the columns by their rate of growth, the highest first."""
    new, old = phrases.say_periods(items.analysis, book, items.later, items.earlier)
    growth = [_growth(book, items, part) for part in ranked]
    first, second, last = ranked[0], ranked[1], ranked[-1]
    grew = f"{first.subject} {'grew most' if any_grew else 'fell least'} from {old} to {new}"
    return Story(
        f"{grew}, {last.noun} {'grew least' if any_grew and not any_fell else 'fell most'}",
        [
            f"{first.subject} comes first with {growth[0]}, then {second.noun} with {growth[1]}",
            f"{last.subject} comes last with {growth[-1]}",
            _middle(book, items),
            *_all_together(book, items),
        ],
        METHOD.format(old=old, new=new),
        _bars(book, items, f"from {old} to {new}", len(ranked)),
        short=f"{first.subject} grew most from {old} to {new}",
    )


def _growth(book: FactBook, items: Items, part: Metric) -> Text:
    change = phrases.change(items.analysis, book, part, items.later, items.earlier)
    assert change is not None
    return say(change.signed)


def _middle(book: FactBook, items: Items) -> Text:
    """What the column in the middle did, and how many grew at all."""
    rates = f"SELECT r FROM ({items.changes_sql()}) WHERE r IS NOT NULL"
    middle = book.query("median change of a column", f"SELECT median(r) FROM ({rates})", PERCENT)
    grew = book.query("columns that grew", f"SELECT count(*) FROM ({rates}) WHERE r > 0", COUNT)
    every = book.query("columns compared", f"SELECT count(*) FROM ({rates})", COUNT)
    return f"{say(grew)} of {say(every)} columns grew; the one in the middle is at {say(middle)}"


def _all_together(book: FactBook, items: Items) -> list[Text]:
    if items.total is None:
        return []
    return [f"All together, {items.total.noun}: {_growth(book, items, items.total)}"]


def _bars(book: FactBook, items: Items, span: Text, columns: int) -> Chart:
    """The columns from highest to lowest growth; of many the two ends."""
    each_end = MAX_BARS // 2
    ranked = (
        "SELECT g, r, k, row_number() OVER (ORDER BY r DESC, k) AS p, count(*) OVER () AS n "
        f"FROM (SELECT * FROM ({items.changes_sql()}) WHERE r IS NOT NULL)"
    )
    return book.chart(
        ChartKind.BAR,
        f"Change {span}" + (", highest and lowest" if columns > MAX_BARS else ""),
        f"SELECT g, r FROM ({ranked}) WHERE p <= {each_end} OR p > n - {each_end} ORDER BY p",
        ("Column", TEXT),
        [("Change", Unit(format=PERCENT.format))],
        f"Relative change of each column {span}, highest first",
        highlight=[0],
    )
