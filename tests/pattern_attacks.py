"""Texts that would make a regular expression slow, made of its own parts."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_UNBOUNDED = 20  # a repeat that may be longer counts as one without a bound
_ENDS = ("", "\x00", "!\n", "\n!", "x")
_ALPHABET = "aA7 _.,-!'\"([{€\n"
_parse: Callable[[str, int], Any] = parser.parse


@dataclass(frozen=True)
class Attack:
    """A text of any length."""

    lead: str
    pump: str
    end: str

    def text(self, length: int) -> str:
        return self.lead + self.pump * (length // len(self.pump)) + self.end


@cache
def attacks(pattern: re.Pattern[Any]) -> tuple[Attack, ...]:
    """Texts made of the parts of a pattern: one for each repeat, what may be repeated, and each end."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    parsed = _parse(source, pattern.flags)
    every = {char for _, body in _repeats(parsed, "") for char in _chars(body)}
    found: dict[Attack, None] = {}
    for lead, body in [("", parsed), *_repeats(parsed, "")]:
        whole = [_example(body, pick) for pick in range(3)]
        own = [*whole, *(lead + one for one in whole), lead]
        spaced = [f"{one} " for one in own]
        pumps = dict.fromkeys([*own, *spaced, *sorted(_chars(body) | (every & set(_ALPHABET)))])
        for start in {lead, ""}:
            for pump in list(filter(None, pumps))[:80]:
                found |= dict.fromkeys(Attack(start, pump, end) for end in _ENDS)
    return tuple(found)


def _repeats(items: Iterable[Any], lead: str) -> Iterator[tuple[str, Any]]:
    """The bodies of repeats without a bound, each with a text that leads to it."""
    for kind, argument in items:
        for body in _bodies(kind, argument):
            if kind in _REPEATS and argument[1] > _UNBOUNDED:
                yield lead, body
            yield from _repeats(body, lead)
        lead += _example([(kind, argument)])


_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def _bodies(kind: Any, argument: Any) -> list[Any]:
    """The parts that an item of a parsed pattern has."""
    if kind in _REPEATS:
        return [argument[2]]
    if kind is op.SUBPATTERN:
        return [argument[3]]
    if kind is op.ATOMIC_GROUP:
        return [argument]
    if kind is op.BRANCH:
        return list(argument[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1]]
    return []


def _example(items: Iterable[Any], pick: int = 0) -> str:
    """A short text that they may match, of several by `pick`."""
    said = ""
    for kind, argument in items:
        chars = _of_item(kind, argument)
        bodies = _bodies(kind, argument)
        if chars:
            said += chars[pick % len(chars)]
        elif kind in _REPEATS:
            said += _example(bodies[0], pick) * max(argument[0], min(1, argument[1]))
        elif bodies and kind not in (op.ASSERT, op.ASSERT_NOT):
            said += _example(bodies[pick % len(bodies)], pick)
    return said


def _chars(items: Iterable[Any]) -> set[str]:
    """Characters that they may match, one of each sort at least."""
    found: set[str] = set()
    for kind, argument in items:
        found |= set(_of_item(kind, argument)[:16])
        for body in _bodies(kind, argument):
            found |= _chars(body)
    return found


def _of_item(kind: Any, argument: Any) -> list[str]:
    if kind is op.LITERAL:
        return [chr(argument)]
    if kind in (op.NOT_LITERAL, op.ANY):
        return [char for char in _ALPHABET if kind is op.ANY or char != chr(argument)]
    if kind is not op.IN:
        return []
    negated = argument[0][0] is op.NEGATE
    named = [chr(each) for sort, said in argument for each in _ends_of(sort, said)]
    return [
        char for char in dict.fromkeys([*named, *_ALPHABET]) if _is_in(char, argument) is not negated
    ]


def _ends_of(sort: Any, said: Any) -> tuple[int, ...]:
    return (said,) if sort is op.LITERAL else tuple(said) if sort is op.RANGE else ()


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdecimal,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    op.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    op.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    op.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def _is_in(char: str, items: Iterable[Any]) -> bool:
    return any(
        (sort is op.LITERAL and ord(char) == said)
        or (sort is op.RANGE and said[0] <= ord(char) <= said[1])
        or (sort is op.CATEGORY and _CATEGORIES[said](char))
        for sort, said in items
    )
