"""Values that have an order of their own: answers, sizes, levels, bands, months and weekdays."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from deckgen.domain.table_models import Confidence, OrderModel
from deckgen.orchestrator.analyst.lexicon import scales
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.table_model.decisions import Decisions
from deckgen.orchestrator.analyst.table_model.look import Look

Scale = Literal["answers", "sizes", "levels", "bands", "months", "weekdays", "numbered"]
Ranks = dict[str, float]  # of the values
LEAST, LEAST_NAMED = 3, 2  # values on a scale; two are enough if they stand at its ends
MOST_CHARACTERS = 60  # of a value that is read as a band
_TIMES = {"": 1.0, "k": 1e3, "m": 1e6}
_WHY: dict[Scale, str] = {
    "answers": "its values are the answers of a usual scale",
    "sizes": "its values are sizes",
    "levels": "its values are levels",
    "bands": "its values are ranges of numbers",
    "months": "its values are names of months",
    "weekdays": "its values are names of weekdays",
    "numbered": "each of its values begins with its number",
}


def decide(look: Look, made: Decisions) -> None:
    """Add the order of each column's values, if all of them stand on one scale."""
    for known in look.columns:
        values = look.values.get(known.name, {}) if known.column.type == "VARCHAR" else {}
        if found := _order([str(value) for value in values]):
            made.orders[known.name] = found


def _order(values: list[str]) -> OrderModel | None:
    texts = {value: _text(value) for value in values}
    inside = {value: text for value, text in texts.items() if text not in scales.OUTSIDE}
    if len(inside) < LEAST_NAMED or any(len(text) > MOST_CHARACTERS for text in inside.values()):
        return None
    for scale, ranks in _ranked(inside):
        distinct = len(set(ranks.values()))
        if distinct < LEAST and scale != "bands":
            continue
        ordered = sorted(ranks, key=lambda value: (ranks[value], value))
        sure = Confidence.SURE if distinct == len(ranks) else Confidence.LIKELY
        return OrderModel(scale=scale, values=ordered, reason=_WHY[scale], confidence=sure)
    return None


def _text(value: str) -> str:
    return " ".join(plain(value).replace("’", "'").split())


def _ranked(texts: dict[str, str]) -> list[tuple[Scale, Ranks]]:
    """Returns each scale on which all of the values stand, with their ranks."""
    kinds: list[tuple[Scale, Sequence[Sequence[frozenset[str]]]]] = [
        ("answers", scales.ANSWERS),
        ("levels", scales.LEVELS),
        ("sizes", scales.SIZES),
    ]
    found: list[tuple[Scale, Ranks | None]] = [
        (kind, _on(texts, scale)) for kind, several in kinds for scale in several
    ]
    found.append(("months", _named(texts, scales.months())))
    found.append(("weekdays", _named(texts, scales.weekdays())))
    found.append(("numbered", _numbered(texts)))
    found.append(("bands", _bands(texts)))
    return [(kind, ranks) for kind, ranks in found if ranks]


def _on(texts: dict[str, str], scale: Sequence[frozenset[str]]) -> Ranks | None:
    ranks = {name: float(rank) for rank, names in enumerate(scale) for name in names}
    return _all(texts, {value: ranks.get(text) for value, text in texts.items()})


def _named(texts: dict[str, str], numbers: dict[str, int]) -> Ranks | None:
    return _all(texts, {value: numbers.get(text.rstrip(".")) for value, text in texts.items()})


def _numbered(texts: dict[str, str]) -> Ranks | None:
    """Returns the ranks of “1 - Low”, “2 - High”: numbers that begin with 0 or 1, without gaps."""
    matches = {value: scales.NUMBERED.fullmatch(text) for value, text in texts.items()}
    ranks = _all(texts, {value: float(each[1]) if each else None for value, each in matches.items()})
    if ranks is None:
        return None
    numbers = sorted(ranks.values())
    steps = all(b - a == 1 for a, b in pairwise(numbers))
    return ranks if steps and numbers[0] in (0, 1) and _bands(texts) is None else None


def _bands(texts: dict[str, str]) -> Ranks | None:
    """Returns the ranks of ranges that follow each other; results of matches overlap.

    At least one has two ends, so that signs alone are no order.
    """
    spans = {value: _span(text) for value, text in texts.items()}
    known = {value: span for value, span in spans.items() if span}
    if len(known) < len(texts) or not any(scales.BAND.fullmatch(text) for text in texts.values()):
        return None
    ordered = sorted(known.values())
    if any(after[0] < before[1] for before, after in pairwise(ordered)):
        return None
    return {value: span[0] for value, span in known.items()}


def _span(text: str) -> tuple[float, float] | None:
    """Returns the ends of a range; one that is open is infinite there."""
    if match := scales.BAND.fullmatch(text):
        first, size, last, size_of_last = match.groups()
        start, end = _number(first, size or size_of_last), _number(last, size_of_last)
        return (start, end) if start < end else None
    if match := scales.FROM.fullmatch(text):
        first, size = match.group(1) or match.group(3), match.group(2) or match.group(4)
        return _number(first, size), math.inf
    if match := scales.BELOW.fullmatch(text):
        return -math.inf, _number(match.group(1), match.group(2))
    return None


def _number(digits: str, size: str | None) -> float:
    return float(digits.replace(",", "").rstrip(".") or 0) * _TIMES[size or ""]


def _all(texts: dict[str, str], ranks: dict[str, float | int | None]) -> Ranks | None:
    """Returns the ranks if each value has one."""
    known = {value: float(rank) for value, rank in ranks.items() if rank is not None}
    return known if len(known) == len(texts) else None
