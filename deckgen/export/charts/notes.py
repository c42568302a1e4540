"""What is said above a chart: which periods are not complete, and what it can not point at."""

from deckgen.domain.charts import Annotation, Chart
from deckgen.export.charts.kind import Kind
from deckgen.export.text import Words

_MOST = 3  # periods that are named


def note(chart: Chart, kind: Kind, words: Words) -> str:
    """Returns what is to be known of a chart besides its title; nothing of most."""
    told = [_told(each, chart, words) for each in chart.annotations if not kind.can_draw(each)]
    return "; ".join([*_unfinished(chart, kind, words), *told])


def _unfinished(chart: Chart, kind: Kind, words: Words) -> list[str]:
    """Returns which periods are not complete, and how these are drawn."""
    names = [words.value(chart.categories[index], chart.category_unit) for index in chart.partial]
    if not names:
        return []
    shown = ", ".join(names[:_MOST])
    if len(names) > _MOST:
        shown = words.says("chart.partial.more", names=shown, count=str(len(names) - _MOST))
    return [words.says(f"chart.partial.{kind.partial}", names=shown)]


def _told(each: Annotation, chart: Chart, words: Words) -> str:
    """Returns the words of an annotation with what they are said of."""
    ends = dict.fromkeys((*each.at[:1], *each.at[-1:]))
    named = [words.value(chart.categories[index], chart.category_unit) for index in ends]
    where = [" – ".join(named)] if named else []
    if each.kind in ("callout", "difference") and len(chart.series) > 1:
        where = [words.line(chart.series[each.series].label), *where]
    return ": ".join([*([", ".join(where)] if where else []), words.line(each.text)])
