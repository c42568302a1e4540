"""The additivity of measures, always with the reason in words.

When in doubt a measure is a rate: a mean is never absurd, a sum may be.
"""

from deckgen.domain.datasets import Additivity
from deckgen.orchestrator.analyst.lexicon import role_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import Name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.profiling.roles import words_of

_LEVELS = ({"on", "hand"}, {"in", "stock"}, {"at", "hand"})


def additivity_of(
    name: Name, *, one_row_per_period: bool, lowest: float | None
) -> tuple[Additivity, str]:
    """Returns a measure's additivity, and why. A rate wins over a stock, a stock over a flow."""
    words = words_of(name)
    return (
        _of_money(words)
        or _of_words(name, words)
        or _of_the_unknown(name, one_row_per_period=one_row_per_period, lowest=lowest)
    )


def _of_money(words: set[str]) -> tuple[Additivity, str] | None:
    """Returns the additivity of compounds that mean something other than their parts."""
    if words & {"price", "prices"} and words & {"total", "line", "extended"} and "per" not in words:
        return Additivity.FLOW, "a total price is an amount, so it is summed"
    if words & {"discount", "interest", "sales"} and words & {"amount", "amt", "paid", "value"}:
        return Additivity.FLOW, "it is an amount, so it is summed"
    if words & {"reading", "odometer"} and words & of.FLOW_WORDS:
        return Additivity.STOCK, "what a meter shows is cumulative: never summed over time"
    if words & of.LEDGER_SIDES and words <= of.LEDGER_SIDES | {"amount", "betrag"}:
        return Additivity.FLOW, "debits and credits are amounts, so they are summed"
    if words <= of.WORKED and words & of.HOURS:
        return Additivity.FLOW, "hours of work add up, so they are summed"
    if "new" in words and words & of.STOCK_WORDS:
        return Additivity.FLOW, "new ones add up, so they are summed"
    if words & of.PERIODIC_WORDS and words & of.PERSONAL_WORDS:
        return Additivity.RATE, "it is what one row has in each period, so its mean is used"
    return None


def _of_words(name: Name, words: set[str]) -> tuple[Additivity, str] | None:
    if words & of.CUMULATIVE_WORDS or {"to", "date"} <= words:
        return Additivity.STOCK, "its name says that it is cumulative: never summed over time"
    if any(level <= words for level in _LEVELS):
        return Additivity.STOCK, "what is at hand is a level: summed over groups, never over time"
    if word := _first(name, of.RATE_WORDS):
        return Additivity.RATE, f"“{word}” is never summed, so its mean is used"
    if words & of.STOCK_WORDS and {name.symbol, *words} & of.TIME_UNITS:
        return Additivity.RATE, "it is how long a level lasts, so its mean is used"
    if word := _first(name, of.STOCK_WORDS):
        return Additivity.STOCK, f"“{word}” is a level: summed over groups, never over time"
    if word := _first(name, of.FLOW_WORDS):
        return Additivity.FLOW, f"“{word}” adds up, so it is summed"
    return None


def _of_the_unknown(
    name: Name, *, one_row_per_period: bool, lowest: float | None
) -> tuple[Additivity, str]:
    if name.scale > 1 and name.symbol:
        return Additivity.FLOW, "amounts of money in thousands or more add up"
    if one_row_per_period and lowest is not None and lowest >= 0:
        return Additivity.STOCK, "with one row per period it is read as a level, never summed over time"
    return Additivity.RATE, "nothing says that it may be summed, so its mean is used"


def _first(name: Name, words: frozenset[str]) -> str | None:
    return next((word for word in name.words if plain(word) in words), None)
