"""What contradicts the data whichever version made a deck: a number under the label of another.

That a query gives a number proves little, because it may be any query: ten times a sum, or another
column's. What has the label of a fact, a chart, a table or a key figure that the data give must be it.
"""

from collections.abc import Iterator

from deckgen.domain.decks import Block, Chart, Deck, Kpis, Table, reference_values
from deckgen.domain.facts import Fact, References, Text, references, render
from deckgen.orchestrator.verifier.differences import differences, shown
from deckgen.orchestrator.verifier.recomputation import Recomputation

# A label, and what stands under it, where the references are those of one deck.
Claim = tuple[tuple[str, ...], list[object]]
_OF_A_FACT = ("value", "unit", "sign", "rows", "groups", "statistics")


def contradictions(deck: Deck, again: Recomputation) -> Iterator[str]:
    """The facts and figures of a deck that are called as others are."""
    if again.findings is None or again.source is None:
        return
    for fact in deck.facts:
        alike = [one for one in again.findings.facts if one.label == fact.label]
        if alike and not any(_is_same_fact(fact, one) for one in alike):
            given = ", ".join(dict.fromkeys(one.display for one in alike[:3]))
            yield f"{fact.id}: “{fact.label}” is said to be {fact.display}, the data give {given}"
    known = _known(deck, again, reference_values(deck.brief, again.source, again.findings.facts))
    for slide in deck.slides:
        for block in slide.blocks:
            for label, said in _claims(block, deck.reference_values()):
                due = known.get(label, [])
                if due and all(any(differences("", said, one)) for one in due):
                    yield f"{slide.id}: what is called {shown(label[1])} is not what the data give"


def _is_same_fact(one: Fact, other: Fact) -> bool:
    return not any(
        difference
        for name in _OF_A_FACT
        for difference in differences(name, getattr(one, name), getattr(other, name))
    )


def _known(
    deck: Deck, again: Recomputation, values: References
) -> dict[tuple[str, ...], list[list[object]]]:
    """All that the data give under a label, on a slide of the draft or for one that had no room."""
    blocks: list[Block] = [block for slide in again.draft.slides for block in slide.blocks]
    for insight in again.findings.insights if again.findings else []:
        blocks += [Kpis(items=insight.kpis), *([insight.chart] if insight.chart else [])]
    known: dict[tuple[str, ...], list[list[object]]] = {}
    for block in blocks:
        for label, said in _claims(block, values):
            known.setdefault(label, []).append(said)
    return known


def _claims(block: Block, values: References) -> Iterator[Claim]:
    """The labels of a block, with the numbers under them."""

    def filled(*texts: Text) -> tuple[str, ...]:
        return tuple(_filled(text, values) for text in texts)

    if isinstance(block, Chart):
        said = (block.title, block.category_label, *(series.label for series in block.series))
        columns = [(series.unit, series.values) for series in block.series]
        units, numbers = [unit for unit, _ in columns], [column for _, column in columns]
        yield ("chart", *filled(*said)), [block.category_unit, block.categories, units, numbers]
    elif isinstance(block, Table) and block.sql:
        said = (block.title, *(column.label for column in block.columns))
        yield ("table", *filled(*said)), [[column.unit for column in block.columns], block.rows]
    elif isinstance(block, Kpis):
        for kpi in block.items:
            yield ("kpi", *filled(kpi.label)), [*filled(kpi.value, kpi.change)]


def _filled(text: Text, values: References) -> str:
    return render(text, values) if all(values.knows(name) for name in references(text)) else text
