"""Measures that are derived from amounts: profit, revenue, and ratios of one amount to another."""

from itertools import permutations, product

from deckgen.domain.datasets import Additivity
from deckgen.domain.table_models import Confidence, DerivedKind, DerivedMeasure
from deckgen.orchestrator.analyst.lexicon import ratio_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCY_CODES
from deckgen.orchestrator.analyst.lexicon.row_words import plural_of, singular_of
from deckgen.orchestrator.analyst.profiling.stemming import stems
from deckgen.orchestrator.analyst.table_model import nouns
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look

MAX_AMOUNTS = 20
UNIT = frozenset({"unit", "piece", "item", "stuck"})
COUNTED = frozenset(
    {"units", "qty", "quantity", "count", "number", "volume", "orders", "stuck", "menge"}
)


def _amounts(look: Look, words: frozenset[str]) -> list[Known]:
    """Returns the amounts whose name has one of the words, and is none of numbers of things."""
    return [
        known
        for known in look.measures
        if known.adds_up and known.says(words) and not known.says(COUNTED - words)
    ]


def _of_one_scenario(found: list[Known], made: Decisions) -> list[Known]:
    """Returns the columns without budgets and the like, where there is the actual amount."""
    members = {each.name: each.kind for scenario in made.scenarios for each in scenario.members}
    return [known for known in found if members.get(known.name, "actual") == "actual"]


def _one(look: Look, made: Decisions, words: frozenset[str]) -> Known | None:
    """Returns the one amount that is meant by the words; None if there are several."""
    found = _of_one_scenario(_amounts(look, words), made)
    whole = [known for known in found if {"total", "net", "gesamt"} & set(known.words)]
    exact = [known for known in found if set(known.words) <= words | CURRENCIES]
    for some in (found, exact, whole):
        if len(some) == 1:
            return some[0]
    return None


CURRENCIES = frozenset(code.lower() for code in CURRENCY_CODES)


def differences(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns the profit, and its share of revenue, if no column holds them."""
    revenue, cost = _one(look, made, of.REVENUE), _one(look, made, of.COST)
    if revenue is not None and cost is None:
        return _after_unit_costs(look, revenue)
    if revenue is None or cost is None or revenue is cost or not _same_unit(revenue, cost):
        return []
    if cost.says(of.PARTIAL):
        return []
    money = revenue.column.symbol in CURRENCY_CODES
    sure = Confidence.LIKELY if money or _is_plain(revenue, cost) else Confidence.GUESS
    held = {word for known in look.measures for word in known.words} & of.PROFIT
    found = []
    if not held - of.MARGIN:
        found.append(_profit(revenue, cost, sure))
    if not held and not any(each.less == cost.name for each in made.rates.values()):
        found.append(_margin(revenue, cost, sure))
    return found


def _after_unit_costs(look: Look, revenue: Known) -> list[DerivedMeasure]:
    """Returns the profit, where the cost of one piece stands beside the number of them."""
    costs = [
        each
        for each in look.measures
        if not each.adds_up and (each.says(of.UNIT_COST) or (each.says(UNIT) and each.says(of.COST)))
    ]
    quantities = [each for each in look.measures if each.says(of.QUANTITY) and each.adds_up]
    held = {word for known in look.measures for word in known.words} & of.PROFIT
    if len(costs) != 1 or len(quantities) != 1 or held or not _same_unit(revenue, costs[0]):
        return []
    cost, quantity = costs[0], quantities[0]
    profit = _profit(revenue, cost, Confidence.LIKELY)
    why = f"what is left of “{revenue.label}” after “{cost.label}” times “{quantity.label}”"
    columns = [revenue.name, quantity.name, cost.name]
    return [profit.model_copy(update={"columns": columns, "reason": why})]


def _profit(revenue: Known, cost: Known, sure: Confidence) -> DerivedMeasure:
    return DerivedMeasure(
        kind=DerivedKind.DIFFERENCE,
        label="profit",
        columns=[revenue.name, cost.name],
        symbol=revenue.column.symbol,
        reason=f"what is left of “{revenue.label}” after “{cost.label}”",
        confidence=sure,
    )


def _margin(revenue: Known, cost: Known, sure: Confidence) -> DerivedMeasure:
    return DerivedMeasure(
        kind=DerivedKind.RATIO,
        label="margin",
        columns=[revenue.name, cost.name, revenue.name],
        symbol="%",
        reason=f"what is left of “{revenue.label}” after “{cost.label}”, as a share of it",
        confidence=sure,
    )


def _same_unit(first: Known, second: Known) -> bool:
    columns = first.column, second.column
    return columns[0].symbol == columns[1].symbol and columns[0].scale == columns[1].scale


def _is_plain(revenue: Known, cost: Known) -> bool:
    """True if the names are just those of a revenue and a cost; “sales” may be numbers of things."""
    return revenue.says(of.REVENUE - {"sales"}) and cost.says(of.COST)


def products(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns quantity times unit price, if no column holds it of each row."""
    wholes = {each.column for each in made.grain.repeated} if made.grain else set()
    prices = [
        k for k in look.measures if k.says(of.UNIT_PRICE) and k.column.additivity is Additivity.RATE
    ]
    quantities = [known for known in look.measures if known.says(of.QUANTITY) and known.adds_up]
    money = [
        k
        for k in look.measures
        if k.adds_up and k not in quantities and _is_money(k) and k.name not in wholes
    ]
    pairs = list(product(prices, quantities)) or _by_their_names(look)
    if len(pairs) != 1 or money:
        return []
    ((price, quantity),) = pairs
    return [
        DerivedMeasure(
            kind=DerivedKind.PRODUCT,
            label="revenue",
            columns=[quantity.name, price.name],
            symbol=price.column.symbol,
            reason=f"“{quantity.label}” times “{price.label}”: no column holds an amount of money",
            confidence=Confidence.LIKELY,
        )
    ]


def _by_their_names(look: Look) -> list[tuple[Known, Known]]:
    """Returns prices of one thing, each with the column that counts these: rate per night, nights."""
    return [
        (price, count)
        for price, count in permutations(look.measures, 2)
        if (count.adds_up or count.column.symbol)
        and price.column.symbol in CURRENCY_CODES
        and "per" in price.words[:-1]
        for thing in [price.words[price.words.index("per") + 1]]
        if stems(count.words) == stems({thing}) or thing == count.column.symbol.lower()
    ]


def _is_money(known: Known) -> bool:
    amounts = of.REVENUE | of.COST | of.PROFIT | {"amount", "total", "betrag", "summe", "subtotal"}
    return known.column.symbol in CURRENCY_CODES or known.says(frozenset(amounts))


def ratios(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns the usual ratios of amounts that are there, unless a column holds them."""
    held = {(each.numerator, each.denominator) for each in made.rates.values()}
    found = []
    for ratio in of.RATIOS:
        above, below = _one(look, made, ratio.above), _one(look, made, ratio.below)
        if above is None or below is None or above is below or (above.name, below.name) in held:
            continue
        if ratio.percent and above.column.symbol != below.column.symbol:
            continue
        label = ratio.label or f"{above.label} per {_singular(below)}"
        found.append(
            DerivedMeasure(
                kind=DerivedKind.RATIO,
                label=label,
                columns=[above.name, below.name],
                symbol="%" if ratio.percent else above.column.symbol,
                reason=f"“{above.label}” over “{below.label}”, each summed first",
                confidence=Confidence.LIKELY,
            )
        )
    return [*found, *_parts(look, held), *_per_row(look, made)]


def _parts(look: Look, held: set[tuple[str, str]]) -> list[DerivedMeasure]:
    """Returns shares of amounts whose names differ in a word alone: rooms sold of rooms available."""
    amounts = [known for known in look.measures if known.adds_up][:MAX_AMOUNTS]
    found = []
    for part, whole in permutations(amounts, 2):
        own, other = set(part.words) - set(whole.words), set(whole.words) - set(part.words)
        alike = set(part.words) & set(whole.words) - of.FILLERS
        if not (alike and own & of.PART and other & of.WHOLE) or (part.name, whole.name) in held:
            continue
        (said,) = own if len(own) == 1 else (min(own & of.PART),)
        found.append(
            DerivedMeasure(
                kind=DerivedKind.RATIO,
                label=of.RATES.get(said, f"share {said}"),
                columns=[part.name, whole.name],
                symbol="%",
                reason=f"“{part.label}” is a part of “{whole.label}”",
                confidence=Confidence.LIKELY,
            )
        )
    return found


def _singular(known: Known) -> str:
    if known.says(of.HEADS):
        return "head"
    return singular_of(known.label)


def _per_row(look: Look, made: Decisions) -> list[DerivedMeasure]:
    """Returns the revenue of one row, where a row is an order or the like with a key of its own."""
    grain, revenue = made.grain, _one(look, made, of.REVENUE | {"amount", "total", "betrag"})
    if grain is None or revenue is None or len(grain.key) != 1 or grain.repeated:
        return []
    thing = nouns.thing_of(look.named(grain.key[0]))
    if thing is None or revenue.column.additivity is not Additivity.FLOW:
        return []
    return [
        DerivedMeasure(
            kind=DerivedKind.PER_ROW,
            label=f"average {revenue.label}"
            if thing in revenue.words
            else f"{revenue.label} per {singular_of(plural_of(thing))}",
            columns=[revenue.name],
            symbol=revenue.column.symbol,
            reason=f"each row is one of the {grain.noun}",
            confidence=Confidence.LIKELY,
        )
    ]
