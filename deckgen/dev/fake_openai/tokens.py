"""The tokens of a text, and the number of a prompt's tokens that were read before.

A token is a piece of a word of up to eight letters, up to three digits, or up to three marks in a row.
Real tokenizers split prose and JSON into nearly as many.
"""

import re
from collections.abc import Sequence

MIN_CACHED, CACHE_STEP = 1024, 128  # as OpenAI documents it
_TOKEN = re.compile(r"[^\W\d_]{1,8}|\d{1,3}|(?:[^\w\s]|_){1,3}")


def split(text: str) -> list[str]:
    return _TOKEN.findall(text)


def cut(text: str, limit: int) -> str:
    """Returns the first tokens of a text, `limit` at most."""
    ends = [0, *(match.end() for match in _TOKEN.finditer(text))]
    return text if len(ends) <= limit + 1 else text[: ends[limit]]


class Cache:
    """The beginnings of earlier prompts: a prompt that begins alike need not be read anew so far."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def cached(self, model: str, prompt: Sequence[str]) -> int:
        """Returns the number of the prompt's tokens that were read before; 0 if it is short."""
        lengths = (length for length, begin in _beginnings(model, prompt) if begin in self._known)
        return max(lengths, default=0)

    def remember(self, model: str, prompt: Sequence[str]) -> None:
        self._known.update(begin for _, begin in _beginnings(model, prompt))


def _beginnings(model: str, prompt: Sequence[str]) -> list[tuple[int, int]]:
    """Returns the lengths at which the prompt can be cached, each with the hash of that beginning."""
    begin, beginnings = hash(model), []
    for length in range(CACHE_STEP, len(prompt) + 1, CACHE_STEP):
        begin = hash((begin, *prompt[length - CACHE_STEP : length]))
        if length >= MIN_CACHED:
            beginnings.append((length, begin))
    return beginnings
