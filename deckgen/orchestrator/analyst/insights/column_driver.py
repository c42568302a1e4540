"""Column driver: which of the columns that add up to a total moved it most."""

from functools import partial

from deckgen.domain.decks import Chart, ChartKind
from deckgen.domain.facts import Fact, Sign, Statistics, Text
from deckgen.domain.formatting.display import PERCENT, TEXT
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.facts.references import say
from deckgen.orchestrator.analyst.insights.shared import phrases
from deckgen.orchestrator.analyst.insights.shared.breakdown import MAX_BARS
from deckgen.orchestrator.analyst.insights.shared.candidate import Candidate, Story
from deckgen.orchestrator.analyst.insights.shared.wide_columns import METHOD, ItemChange, Items
from deckgen.orchestrator.analyst.profiling.metrics import Metric


def candidate(items: Items, changes: list[ItemChange]) -> Candidate | None:
    """None without a total, or if no column moved its way. `changes` are not all zero."""
    change = sum(item.change for item in changes)
    rises = change > 0
    movers = sorted(changes, key=lambda item: -item.change if rises else item.change)
    lead = movers[0]
    if items.total is None or lead.change * change <= 0:
        return None
    moved = sum(abs(item.change) for item in changes)
    return Candidate(
        InsightKind.CHANGE_DRIVER,
        f"{items.total.key}|columns|change{' before' if items.before else ''}",
        impact=0.7 if items.before else 1.0,
        strength=min(1.0, 0.4 + abs(lead.change) / moved),
        write=partial(_write, items, items.total, movers, rises),
        columns=(*items.total.columns, *lead.part.columns),
    )


def _write(
    items: Items,
    total: Metric,
    movers: list[ItemChange],
    rises: bool,
    book: FactBook,
    _: Statistics | None,
) -> Story:
    new, old = phrases.say_periods(items.analysis, book, items.later, items.earlier)
    driver = movers[0].part
    way, moved = ("rise", "rose") if rises else ("fall", "fell")
    when = f"from {old} to {new}" if items.before else f"since {old}"
    own, whole = (_difference(book, items, metric, Sign.SIZE) for metric in (driver, total))
    label = f"share of {driver.label} in the {way} of {total.label}"
    share = book.query(label, f"SELECT ({own.sql}) / ({whole.sql})", PERCENT)
    return Story(
        _headline(driver, share, f"{way} of {total.noun} {when}"),
        [
            f"From {_since(items, old)} to {new}, {total.noun} {moved} by {say(whole)}",
            f"{driver.subject} {moved} by {say(own)}, which is {say(share)} of that; in {old} it was "
            f"{_weight(book, items, driver, total)} of the total",
            *_runners_up(book, items, movers, rises),
            *_counter_movement(book, items, movers, rises),
        ],
        METHOD.format(old=old, new=new),
        _bars(book, items, total, f"{old} to {new}", rises),
        short=f"{driver.subject} made up most of the {way} {when}",
    )


def _difference(book: FactBook, items: Items, metric: Metric, sign: Sign = Sign.CHANGE) -> Fact:
    return book.query(
        f"{'size of the ' if sign is Sign.SIZE else ''}change of {metric.label} between two periods",
        f"SELECT ({items.at(metric, items.later)}) - ({items.at(metric, items.earlier)})",
        metric.unit,
        metric.present,
        sign=sign,
    )


def _weight(book: FactBook, items: Items, part: Metric, total: Metric) -> Text:
    """What share of the total a part had at the start."""
    weight = book.query(
        f"share of {part.label} in {total.label} at the start",
        f"SELECT ({items.at(part, items.earlier)}) / ({items.at(total, items.earlier)})",
        PERCENT,
        part.present,
        items.analysis.time_axis.within(items.earlier),
    )
    return say(weight)


def _since(items: Items, old: Text) -> Text:
    return f"the {items.since} in {old}" if items.since else old


def _headline(driver: Metric, share: Fact, change: Text) -> Text:
    if float(share.value or 0) > 1:
        return f"The {change} lies entirely in {driver.noun}"
    return f"{driver.subject} made up {say(share)} of the {change}"


def _runners_up(book: FactBook, items: Items, movers: list[ItemChange], rises: bool) -> list[Text]:
    """The next two that moved with the total."""
    following = [item.part for item in movers[1:3] if item.change and (item.change > 0) == rises]
    said = [f"{part.noun} ({say(_difference(book, items, part))})" for part in following]
    return [f"Next: {' and '.join(said)}"] if said else []


def _counter_movement(
    book: FactBook, items: Items, movers: list[ItemChange], rises: bool
) -> list[Text]:
    """The one that moved most against the total."""
    last = movers[-1]
    if not last.change or (last.change > 0) == rises:
        return []
    against = _difference(book, items, last.part)
    return [f"Against it moved {last.part.noun} ({say(against)})"]


def _bars(book: FactBook, items: Items, total: Metric, span: Text, rises: bool) -> Chart:
    return book.chart(
        ChartKind.BAR,
        f"Change of {total.noun} by part, {span}",
        f"SELECT g, d FROM (SELECT * FROM ({items.changes_sql()}) ORDER BY abs(d) DESC, k "
        f"LIMIT {MAX_BARS}) ORDER BY d {'DESC' if rises else 'ASC'}, k",
        ("Part", TEXT),
        [("Change", total.unit)],
        f"The largest changes among the parts of {total.noun}, from {span}",
        highlight=[0],
    )
