"""Measures that are asked for each of something: revenue per customer, cost per click."""

from deckgen.domain.plans import Distinct, Measured, Ratio, Rows, Total
from deckgen.orchestrator.analyst.lexicon.row_words import singular_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered


def each_of(amount: Offered, thing: Offered) -> Offered:
    """Returns an amount over the number of things, each computed first."""
    over, per = amount.measured, thing.measured
    one = singular_of(per.label)
    label = f"{over.label} per {one}"
    has_digits = any(character.isdigit() for character in one)  # which texts only have by reference
    noun = f"{over.noun} per {per.noun if has_digits else one}"
    return Offered(
        Measured(
            measure=Ratio(over=over.measure, per=per.measure),
            label=label,
            noun=noun,
            unit=over.unit,
            columns=list(dict.fromkeys([*over.columns, *per.columns])),
            adds_up=False,
            over_time=False,
            better=over.better,
        ),
        Concept.RATIO,
        (amount.names[0] | thing.names[0],),
        needs_all=True,
    )


def is_amount(offered: Offered) -> bool:
    """True of a sum: an amount that can be held against a number of things."""
    return offered.concept is Concept.COLUMN and isinstance(offered.measured.measure, Total)


def things_of(offered: list[Offered], ids: set[str]) -> list[Offered]:
    """Returns what something can be told for each of: amounts that count, things with an id, rows."""
    amounts = [each for each in offered if is_amount(each)]
    counts = [each for each in offered if each.concept is Concept.COUNT]
    named = [
        each
        for each in counts
        if isinstance(each.measured.measure, Distinct) and ids & set(each.columns)
    ]
    rows = [each for each in counts if isinstance(each.measured.measure, Rows)]
    return [*amounts, *named, *rows]
