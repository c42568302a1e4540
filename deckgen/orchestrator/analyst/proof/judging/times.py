"""Times: how long a change took, whether a number is of each year, and what is to come."""

import datetime
from collections.abc import Iterator

from deckgen.orchestrator.analyst.proof.judging import particles
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.reading import MEASURE, PERIOD, Token
from deckgen.orchestrator.analyst.proof.judging.sentence import Sentence

_DAYS = {"year": (360, 370), "quarter": (85, 95), "month": (27, 32), "week": (6, 8), "day": (1, 1)}


_ADVERBS = {
    "yearly": "year",
    "annual": "year",
    "annually": "year",
    "quarterly": "quarter",
    "monthly": "month",
    "weekly": "week",
}


def for_each(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether what is said of each year is."""
    numbers = [meaning for _, meaning in sentence.numbers(token)]
    numbers = numbers or [
        each.meaning for each in sentence.tokens if each.meaning and each.meaning.is_level
    ]
    if numbers:
        unit = _ADVERBS.get(token.text, "")
        levels = [each for each in numbers if each.is_level]
        is_of_each = unit and levels and all(each.period.endswith(f" {unit}") for each in levels)
        return bool(is_of_each) or any(each.is_yearly for each in numbers)
    return any("per " in each.text for each in sentence.clause(token) if each.shape == MEASURE)


def without_each(sentence: Sentence) -> Iterator[str]:
    """Yields numbers of each year of which a sentence does not say so."""
    if not any(token.kind is Kind.A_YEAR for token in sentence.tokens):
        for token in sentence.tokens:
            if token.meaning is not None and token.meaning.is_change and token.meaning.is_yearly:
                yield f"{token.meaning.fact.id} is of each year, month or day"


def within_one(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether the changes of the clause are from one period to the next."""
    changes = [meaning for _, meaning in sentence.changes(token)]
    changes = changes or sentence.evidence.changes(sentence.measure_of(token))
    known = [each for each in changes if each.base and each.period]
    if not known:
        return True if changes else _is_way_within(sentence, token)
    unit = next((unit for unit in _DAYS if unit in _said(sentence, token)), "year")
    return all(_is_one(each.base, each.period, unit) for each in known)


def _is_way_within(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether the values of a clause are of one period and the next."""
    values = [meaning for _, meaning in sentence.numbers(token) if meaning.period]
    if len(values) != 2:
        return None
    unit = next((unit for unit in _DAYS if unit in _said(sentence, token)), "year")
    first, last = sorted(each.period for each in values)
    return _is_one(first, last, unit)


def earlier(sentence: Sentence, token: Token) -> bool | None:
    """Returns whether the period before is what a change is counted from, or the period of a value."""
    levels = [meaning for _, meaning in sentence.numbers(token) if meaning.is_level and meaning.period]
    if levels and not sentence.changes(token):
        return any(
            each.base == levels[-1].period for each in sentence.evidence.meanings if each.base
        ) or (len({each.period for each in levels}) > 1)
    return within_one(sentence, token)


def expected(sentence: Sentence, token: Token) -> bool | None:
    """What is expected is such a number, and of a period that is expected."""
    periods = [each.meaning for each in sentence.clause(token) if each.shape == PERIOD]
    if any(each is not None and particles.EXPECTED not in each.fact.label for each in periods):
        return False
    labels = [each.fact.label for each in sentence.evidence.meanings if each.fact.id in sentence.cited]
    return any(word in label for label in labels for word in particles.EXPECTING) or None


def _said(sentence: Sentence, token: Token) -> str:
    place = sentence.tokens.index(token)
    return " ".join(each.text for each in sentence.tokens[place : place + 5])


def _is_one(base: str, period: str, unit: str) -> bool:
    first, last = (datetime.date.fromisoformat(each.split()[0]) for each in (base, period))
    least, most = _DAYS[unit]
    return least <= (last - first).days <= most
