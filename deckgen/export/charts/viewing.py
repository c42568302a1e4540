"""Charts of a deck as they are drawn: in a kind that has what it needs, with their text rendered."""

from deckgen.domain.charts import Chart
from deckgen.export.charts.kind import Kind
from deckgen.export.charts.kinds import fitting, kind_of
from deckgen.export.charts.view import View
from deckgen.export.layout.typefaces import Typeface
from deckgen.export.text import Words


def view_of(chart: Chart, words: Words, face: Typeface) -> View:
    """Returns a chart of the deck as it is drawn."""
    kind = kind_of(chart)
    chart = kind.derived(chart.model_copy(update={"kind": fitting(chart)}), words.says("chart.other"))
    return View(
        chart=chart,
        kind=kind,
        title=words.line(chart.title),
        alt=words.line(chart.alt),
        note=_note(chart, kind, words),
        category_label=words.line(chart.category_label),
        categories=[words.value(value, chart.category_unit) for value in chart.categories],
        labels=[words.line(series.label) for series in chart.series],
        words=words,
        face=face,
    )


def _note(chart: Chart, kind: Kind, words: Words) -> str:
    """Returns which periods are not complete, and how these are drawn."""
    names = [
        words.value(chart.categories[index], chart.category_unit)
        for index in chart.partial
        if index < len(chart.categories)
    ]
    if not names:
        return ""
    shown = ", ".join(names[:3])
    if len(names) > 3:
        shown = words.says("chart.partial.more", names=shown, count=str(len(names) - 3))
    return words.says(f"chart.partial.{kind.partial}", names=shown)
