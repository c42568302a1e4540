"""The words with which `deckgen ask` answers."""

from rich.table import Table
from rich.text import Text

from deckgen.dev.screen import Screen
from deckgen.domain.asking import Replies, Reply
from deckgen.domain.charts import Chart
from deckgen.domain.formatting.display import Formatter, formatter
from deckgen.domain.questions import End
from deckgen.domain.visible import visible

MOST_ROWS = 10
OPEN = {
    End.ANSWERED: "Left open",
    End.IN_PART: "Answered in part",
    End.LACKS: "Not answered",
    End.NOT_DONE: "Not answered",
}


def show(screen: Screen, replies: Replies) -> None:
    """Print each answer, and then what a reader of all of them should know."""
    for number, reply in enumerate(replies.answers):
        if number:
            screen.print()
        if len(replies.answers) > 1:
            screen.print(reply.question, style="bold")
        _show_reply(screen, reply, formatter(replies.locale, replies.language))
    for title, lines in (
        ("Warnings", replies.warnings),
        ("Not decided, because time was up", replies.unfinished),
    ):
        _show_part(screen, title, lines)


def _show_reply(screen: Screen, reply: Reply, writes: Formatter) -> None:
    if reply.text:
        screen.print(reply.text)
    for point in reply.points:
        screen.print(f"  {visible(point)}")
    if reply.reason:
        screen.print(f"{OPEN[reply.end]}: {visible(reply.reason)}.")
    if reply.chart:
        screen.print()
        screen.print(_exhibit(reply.chart, writes))
        left = len(reply.chart.categories) - MOST_ROWS
        if left > 0:
            screen.print(f"and {left} more")
    _show_part(screen, "Understood as", [text for text in (reply.understood, reply.method) if text])
    _show_part(screen, "Queries over the table `data`, which `deckgen table` writes", _queries(reply))


def _exhibit(chart: Chart, writes: Formatter) -> Table:
    """Returns the first rows of a chart as a table."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(Text(visible(chart.category_label)), overflow="fold")
    for series in chart.series:
        table.add_column(Text(visible(series.label)), overflow="fold", justify="right")
    for place, category in enumerate(chart.categories[:MOST_ROWS]):
        cells = [writes.display(category, chart.category_unit)]
        cells += [writes.display(series.values[place], series.unit) for series in chart.series]
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table


def _queries(reply: Reply) -> list[str]:
    """Returns each fact with its query on a line of its own, to be copied, and that of the exhibit."""
    told = [(f"{fact.display}: {fact.label}", fact.sql) for fact in reply.facts]
    told += [("the exhibit", reply.chart.sql)] if reply.chart else []
    return [line for label, sql in told for line in (label, f"  {sql}")]


def _show_part(screen: Screen, title: str, lines: list[str]) -> None:
    if lines:
        screen.print()
        screen.print(title, style="bold")
    for line in lines:
        screen.print(f"  {visible(line)}")
