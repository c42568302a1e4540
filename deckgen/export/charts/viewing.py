"""Charts of a deck as they are drawn: in a kind that has what it needs, with their text rendered."""

from deckgen.domain.charts import Annotation, Chart
from deckgen.export.charts.kinds import fitting, kind_of
from deckgen.export.charts.notes import note
from deckgen.export.charts.view import View
from deckgen.export.layout.typefaces import Typeface
from deckgen.export.text import Words


def view_of(chart: Chart, words: Words, face: Typeface) -> View:
    """Returns a chart of the deck as it is drawn, pointing at what its kind can point at."""
    kind = kind_of(chart)
    known = _known(chart.model_copy(update={"kind": fitting(chart)}), words)
    drawn = [each for each in known.annotations if kind.can_draw(each)]
    chart = kind.derived(known.model_copy(update={"annotations": drawn}), words.says("chart.other"))
    return View(
        chart=chart,
        kind=kind,
        title=words.line(chart.title),
        alt=words.line(chart.alt),
        note=note(known, kind, words),
        category_label=words.line(chart.category_label),
        categories=[words.value(value, chart.category_unit) for value in chart.categories],
        labels=[words.line(series.label) for series in chart.series],
        words=words,
        face=face,
    )


def _known(chart: Chart, words: Words) -> Chart:
    """Returns a chart without what is said of categories, series and facts that there are none of."""
    categories, series = range(len(chart.categories)), range(len(chart.series))

    def has_place(each: Annotation) -> bool:
        if each.kind == "line":
            return words.number(each.value) is not None
        ends = 2 if each.kind == "difference" else 1
        return len(each.at) >= ends and set(each.at) <= {*categories} and each.series in series

    return chart.model_copy(
        update={
            "highlight": [index for index in chart.highlight if index in categories],
            "partial": [index for index in chart.partial if index in categories],
            "focus": [number for number in chart.focus if number in series],
            "annotations": [each for each in chart.annotations if has_place(each)],
        }
    )
