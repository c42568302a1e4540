"""Which way is good: more revenue, less cost. Where names say both or nothing, nothing is said."""

from typing import Literal

from deckgen.domain.table_models import Confidence, Direction
from deckgen.orchestrator.analyst.lexicon import measure_words as of
from deckgen.orchestrator.analyst.lexicon import scales
from deckgen.orchestrator.analyst.lexicon.column_names import CURRENCIES, CURRENCY_CODES
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Known, Look


def decide(look: Look, made: Decisions) -> None:
    """Add the direction of measures, of outcomes, and of values that have an order."""
    for known in look.columns:
        if outcome := made.outcomes.get(known.name):
            if outcome.good is not None:
                why = f"“{outcome.counts}” is {'good' if outcome.good else 'bad'} news"
                made.directions[known.name] = _direction(good=outcome.good, reason=why)
        elif known.is_measure:
            if found := _of_name(known) or _of_signs(known, look):
                made.directions[known.name] = found
        elif (ordered := made.orders.get(known.name)) and (found := _of_order(known, ordered.values)):
            made.directions[known.name] = found


def _of_name(known: Known) -> Direction | None:
    """Returns the direction that the noun of a name says: the last word that says anything."""
    words = known.words
    head = words[: words.index("of")] if "of" in words[1:] else words
    if any(word in of.UNDECIDED for word in words):
        return None
    if "lost" in words or ("cost" in head[:1] and "of" in words):
        return _direction(good=False, reason=f"“{known.label}” is a loss or a cost")
    head = tuple(word for word in head if word not in CURRENCIES)
    for word in reversed([word for word in head if word not in of.NEUTRAL]):
        if word in of.HIGHER_IS_BETTER:
            return _direction(good=True, reason=f"more “{word}” is better")
        if word in of.LOWER_IS_BETTER:
            return _direction(good=False, reason=f"less “{word}” is better")
        if len(head) > 2:
            return None  # of a longer name the words before the noun say something else
    return None


def _of_signs(known: Known, look: Look) -> Direction | None:
    """Returns the direction of money that comes in above zero and goes out below it."""
    values = look.sample.get(known.name)
    if values is None or not known.adds_up or known.column.symbol not in CURRENCY_CODES:
        return None
    if not ((values > 0).any() and (values < 0).any()):
        return None
    return _direction(good=True, reason="what comes in is above zero, what goes out below it")


def _of_order(known: Known, values: list[str]) -> Direction | None:
    if known.says(scales.WORSE_WHEN_HIGHER):
        return _direction(good=False, reason="more of it is worse")
    if values and plain(values[-1]) in scales.GOOD_ENDS:
        return _direction(good=True, reason=f"“{values[-1]}” is the good end")
    return None


def _direction(*, good: bool, reason: str) -> Direction:
    better: Literal["higher", "lower"] = "higher" if good else "lower"
    return Direction(better=better, reason=reason, confidence=Confidence.LIKELY)
