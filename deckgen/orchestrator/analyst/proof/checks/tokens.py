"""Tokens of texts for the checks of their sense: sentences, clauses, words, references."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from deckgen.domain.facts import REFERENCE, Text

_TOKEN = re.compile(rf"{REFERENCE.pattern}|[^\W\d_]+|[.!?;:,()]|[–—]")
# Where something stands in the deck, which says nothing of the data: “(slide 4)”.
_PLACE = re.compile(r"\([^(){}]*+\{\{s\d+\}\}\)")
_ENDS_SENTENCE, _ENDS_CLAUSE = frozenset(".!?"), frozenset(",;:–—")


@dataclass(frozen=True)
class Token:
    """A word in lower case, or the key of a reference."""

    text: str
    is_reference: bool
    sentence: int
    clause: int  # counted over the whole text


@lru_cache(maxsize=4096)  # several checks read a text, of a draft and of the deck that it becomes
def tokens(text: Text, joins: frozenset[str]) -> tuple[Token, ...]:
    """Returns the words and references of a text, each with its sentence and clause; `joins` are the
    words between two clauses.
    """
    result: list[Token] = []
    sentence = clause = 0
    for match in _TOKEN.finditer(_PLACE.sub(" ", text)):
        piece = match[0]
        if match[1]:
            result.append(Token(match[1], True, sentence, clause))
            continue
        if piece in _ENDS_SENTENCE:
            sentence += 1
        if piece in _ENDS_SENTENCE | _ENDS_CLAUSE or piece.lower() in joins:
            clause += 1
        elif piece not in "()":
            result.append(Token(piece.lower(), False, sentence, clause))
    return tuple(result)


def clauses(text_tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yields the tokens, clause by clause."""
    for _, clause in groupby(text_tokens, key=lambda token: token.clause):
        yield list(clause)
