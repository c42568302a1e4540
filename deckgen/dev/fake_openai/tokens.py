"""How many tokens a text has, and how many of a prompt's were read before.

A token is a piece of a word of up to eight letters, up to three digits, or up to three marks in a row.
That is near what real tokenizers make of prose and of JSON.
"""

import re
from collections.abc import Sequence

MIN_CACHED, CACHE_STEP = 1024, 128  # as OpenAI documents it
_TOKEN = re.compile(r"[^\W\d_]{1,8}|\d{1,3}|(?:[^\w\s]|_){1,3}")


def split(text: str) -> list[str]:
    return _TOKEN.findall(text)


def cut(text: str, most: int) -> str:
    """The text up to the end of its token number `most`."""
    ends = [0, *(match.end() for match in _TOKEN.finditer(text))]
    return text if len(ends) <= most + 1 else text[: ends[most]]


class Cache:
    """Remembers how prompts began: as far as another one begins alike, it need not be read anew."""

    def __init__(self) -> None:
        self._known: set[int] = set()

    def cached(self, model: str, prompt: Sequence[str]) -> int:
        """The tokens of this prompt that need not be read anew, in steps; 0 for a short one."""
        lengths = (length for length, begin in _beginnings(model, prompt) if begin in self._known)
        return max(lengths, default=0)

    def remember(self, model: str, prompt: Sequence[str]) -> None:
        self._known.update(begin for _, begin in _beginnings(model, prompt))


def _beginnings(model: str, prompt: Sequence[str]) -> list[tuple[int, int]]:
    """Lengths at which the prompt can be cached, each with a hash of it up to there."""
    begin, found = hash(model), []
    for length in range(CACHE_STEP, len(prompt) + 1, CACHE_STEP):
        begin = hash((begin, *prompt[length - CACHE_STEP : length]))
        if length >= MIN_CACHED:
            found.append((length, begin))
    return found
