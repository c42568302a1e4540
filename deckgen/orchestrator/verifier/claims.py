"""What contradicts the data whichever version made a deck: a number under the label of another.

That a query gives a number proves little, because it may be any query: ten times a sum, or another
column's. What has the label of a fact or a chart that the data give must be that fact or that chart.
"""

from collections.abc import Iterator, Mapping

from deckgen.domain.decks import Chart, Deck, reference_values
from deckgen.domain.display import Value
from deckgen.domain.facts import Fact, References, Text, references, render
from deckgen.orchestrator.analyst.checks.proof import same
from deckgen.orchestrator.verifier.differences import shown
from deckgen.orchestrator.verifier.recomputation import Recomputation


def contradictions(deck: Deck, again: Recomputation) -> Iterator[str]:
    """The facts and charts of a deck that are called as others are."""
    if again.findings is None or again.source is None:
        return
    for fact in deck.facts:
        alike = [one for one in again.findings.facts if one.label == fact.label]
        if alike and not any(_is_same_fact(fact, one) for one in alike):
            given = ", ".join(dict.fromkeys(one.display for one in alike[:3]))
            yield f"{fact.id}: “{fact.label}” is said to be {fact.display}, the data give {given}"
    known = reference_values(deck.brief, again.source, again.findings.facts)
    charts = [insight.chart for insight in again.findings.insights if insight.chart]
    for slide in deck.slides:
        for chart in (block for block in slide.blocks if isinstance(block, Chart)):
            name = _name(chart, deck.reference_values())
            alike_charts = [one for one in charts if _name(one, known) == name]
            if alike_charts and not any(_is_same_chart(chart, one) for one in alike_charts):
                yield f"{slide.id}: the chart {shown(name[0])} is not the one that the data give"


def _is_same_fact(one: Fact, other: Fact) -> bool:
    alike = (one.unit, one.sign, one.rows, one.groups) == (
        other.unit,
        other.sign,
        other.rows,
        other.groups,
    )
    return alike and same(one.value, other.value)


def _name(chart: Chart, values: References) -> tuple[str, ...]:
    """What a chart is called, and its axes."""
    said = (chart.title, chart.category_label, *(series.label for series in chart.series))
    return tuple(_filled(text, values) for text in said)


def _filled(text: Text, values: References) -> str:
    known: Mapping[str, str] = values
    return render(text, known) if all(values.knows(name) for name in references(text)) else text


def _is_same_chart(one: Chart, other: Chart) -> bool:
    if (one.category_unit, [s.unit for s in one.series]) != (
        other.category_unit,
        [s.unit for s in other.series],
    ):
        return False
    return all(map(_are_same, _columns(one), _columns(other)))


def _columns(chart: Chart) -> list[list[Value]]:
    columns: list[list[Value]] = [list(chart.categories)]
    return columns + [list(series.values) for series in chart.series]


def _are_same(one: list[Value], other: list[Value]) -> bool:
    return len(one) == len(other) and all(map(same, one, other))
