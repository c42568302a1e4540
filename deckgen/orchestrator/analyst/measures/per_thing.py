"""Measures that are asked for each of something: revenue per customer, cost per click."""

from deckgen.domain.formatting.display import COUNT, Unit, ValueFormat
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Distinct, Measured, Ratio, Rows, Total
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.lexicon.row_words import singular_of
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered
from deckgen.orchestrator.analyst.sql import quoting

FACTORS = (("", 1), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000))
SMALLEST, TINY = 0.5, 0.01  # quotients that still can be read: of so many, and of one


def readable(data: DataTable, over: list[str], per: list[str]) -> tuple[str, int]:
    """Returns of how many a quotient of the sums of two columns is told, in words and as a number;
    without a column rows are counted.
    """
    above, below = (f"sum({quoting.name(each[0])})" if each else "count(*)" for each in (over, per))
    (quotient,) = data.one(f"SELECT abs({above}) / nullif(abs({below}), 0) FROM data")
    if quotient is None or quotient >= TINY:
        return FACTORS[0]
    return next((each for each in FACTORS if quotient * each[1] >= SMALLEST), FACTORS[-1])


def each_of(amount: Offered, thing: Offered, data: DataTable, language: Language) -> Offered:
    """Returns an amount over the number of things, each computed first."""
    over, per = amount.measured, thing.measured
    word, factor = readable(data, over.columns, per.columns) if is_amount(thing) else FACTORS[0]
    one = singular_of(per.label) if factor == 1 else per.label
    key = f"measure.per_{word}" if word else "measure.per"
    label = language.say(key, measure=over.label, of=one)
    has_digits = any(character.isdigit() for character in one)  # which texts only have by reference
    noun = language.say(key, measure=over.noun, of=per.noun if has_digits else one)
    return Offered(
        Measured(
            measure=Ratio(over=over.measure, per=per.measure, factor=factor),
            label=label,
            noun=noun,
            unit=Unit(format=ValueFormat.NUMBER) if over.unit == COUNT else over.unit,
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
