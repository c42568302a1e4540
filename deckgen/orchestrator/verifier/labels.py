"""Contradictions of the data, whichever version made the deck: a number under the label of another.

That a query gives a number proves little, because it may be any query: ten times a sum, or another
column's. A value with the label of a fact, chart, table or key figure of the data must equal that.
"""

from collections.abc import Iterator

from deckgen.domain.blocks import Block, Kpis, Messages, Table
from deckgen.domain.charts import Chart
from deckgen.domain.decks import Deck, reference_values
from deckgen.domain.facts import Fact, FactRelation, References, Text, subject
from deckgen.orchestrator.verifier.differences import differences, shown
from deckgen.orchestrator.verifier.recomputation import Recomputation

# A label, and the values under it, with the references of one deck filled in.
Labelled = tuple[tuple[str, ...], list[object]]
_FACT_FIELDS = ("value", "unit", "sign", "rows", "groups", "statistics")


def contradictions(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields the facts and figures of a deck that have the label of others."""
    if expected.findings is None or expected.source is None:
        return
    for fact in deck.facts:
        same_label = _of_label(fact, expected.findings.facts)
        if deck.refreshed:  # "change of revenue" may be to a year that was the last one then
            same_label = [other for other in same_label if _is_of_the_same(fact, other)]
        if same_label and not any(_is_same_fact(fact, other) for other in same_label):
            computed = ", ".join(dict.fromkeys(other.display for other in same_label[:3]))
            yield f"{fact.id}: “{fact.label}” is said to be {fact.display}, the data give {computed}"
    if not deck.refreshed:
        yield from _figures(deck, expected)


def ambiguous(deck: Deck, expected: Recomputation) -> Iterator[str]:
    """Yields what has the label of another value, or stands beside one, in a refreshed deck."""
    for fact in deck.facts:
        others = _of_label(fact, expected.findings.facts if expected.findings else [])
        if others and not any(other.sql == fact.sql for other in others):
            yield fact.id
    if expected.findings and expected.source:
        yield from (each.partition(":")[0] for each in _figures(deck, expected))


def _of_label(fact: Fact, facts: list[Fact]) -> list[Fact]:
    return [other for other in facts if other.label == fact.label]


def _is_of_the_same(fact: Fact, other: Fact) -> bool:
    """True if a label can mean only one of them; "a year of the data" can mean any."""
    is_named = fact.about is not None or fact.unit.is_numeric
    return is_named and subject(fact) == subject(other)


def _figures(deck: Deck, expected: Recomputation) -> Iterator[str]:
    assert expected.source is not None
    assert expected.findings is not None
    expected_by_label = _expected_labelled(
        deck,
        expected,
        reference_values(deck.brief, expected.source, expected.findings.facts, deck.language),
    )
    for slide in deck.slides:
        for block in slide.blocks:
            for label, claimed in _labelled(block, deck.reference_values()):
                computed_claims = expected_by_label.get(label, [])
                if computed_claims and all(
                    any(differences("", claimed, other)) for other in computed_claims
                ):
                    yield f"{slide.id}: what is called {shown(label[1])} is not what the data give"


def _is_same_fact(claimed: Fact, computed: Fact) -> bool:
    fields = (*_FACT_FIELDS, "about") if claimed.about and computed.about else _FACT_FIELDS
    if claimed.about and claimed.about.relation is FactRelation.VALUE:
        computed = _without_rank(computed)
    return not any(
        difference
        for name in fields
        for difference in differences(name, getattr(claimed, name), getattr(computed, name))
    )


def _without_rank(fact: Fact) -> Fact:
    """Returns a value that is the highest or the lowest as a value: a deck may say no more of it."""
    about = fact.about
    if about is None or about.relation is not FactRelation.RANK or not fact.unit.is_numeric:
        return fact
    plain = about.model_copy(update={"relation": FactRelation.VALUE, "end": None})
    return fact.model_copy(update={"about": plain})


def _expected_labelled(
    deck: Deck, expected: Recomputation, values: References
) -> dict[tuple[str, ...], list[list[object]]]:
    """Returns all that the data give under each label, even for slides that had no room."""
    blocks: list[Block] = [block for slide in expected.draft.slides for block in slide.blocks]
    for answer in expected.findings.told if expected.findings else []:
        blocks += [Kpis(items=answer.kpis), *([answer.chart] if answer.chart else [])]
    by_label: dict[tuple[str, ...], list[list[object]]] = {}
    for block in blocks:
        for label, numbers in _labelled(block, values):
            by_label.setdefault(label, []).append(numbers)
    return by_label


def _labelled(block: Block, values: References) -> Iterator[Labelled]:
    """Yields the labels of a block, with the numbers under them."""

    def filled(*texts: Text) -> tuple[str, ...]:
        return tuple(values.filled(text) for text in texts)

    if isinstance(block, Chart):
        labels = (block.title, block.category_label, *(series.label for series in block.series))
        columns = [(series.unit, series.values) for series in block.series]
        units, numbers = [unit for unit, _ in columns], [column for _, column in columns]
        yield ("chart", *filled(*labels)), [block.category_unit, block.categories, units, numbers]
    elif isinstance(block, Table) and block.sql:
        labels = (block.title, *(column.label for column in block.columns))
        yield ("table", *filled(*labels)), [[column.unit for column in block.columns], block.rows]
    elif isinstance(block, Kpis):
        for kpi in block.items:
            yield ("kpi", *filled(kpi.label)), [*filled(kpi.value, kpi.change)]
            if kpi.trend:
                yield ("course", *filled(kpi.label)), [kpi.trend.values]
            if kpi.tone != "plain":
                yield ("tone", *filled(kpi.label, kpi.change)), [kpi.tone]
    elif isinstance(block, Messages):
        for message in block.items:
            yield ("message", *filled(message.label, message.text)), [*filled(message.figure)]
