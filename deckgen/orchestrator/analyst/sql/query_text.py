"""The bounds of a query's text, checked before DuckDB sees it: its parser has no bounds of its own.

Parentheses that are nested thousands deep, or `NOT NOT NOT ...`, crash the process within the parser,
where nothing can interrupt it. So the text is cut into words first, by a grammar that is stricter than
SQL's: quotes are standard, and there are no comments and no brackets. Each bound is several times that
of deckgen's own queries.
"""

import re
from dataclasses import dataclass
from typing import NoReturn

from deckgen.domain.errors import DeckgenError

MAX_LENGTH, MAX_TOKENS = 200_000, 60_000
MAX_NESTING = 25  # of parentheses and CASE
MAX_CHAIN = 400  # words between two commas or parentheses: `1 + 1 + 1` is nested in its plan
MAX_LISTED = 1_000  # items of one list
MAX_CLAUSES = 1_500

_TOKEN = re.compile(
    r"""
    \s++
    | (?P<comment>--|/\*)
    | '[^']*+(?:''[^']*+)*+' (?!['"])
    | "[^"]*+(?:""[^"]*+)*+" (?!['"])
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*+) (?!['"])
    | [0-9][0-9A-Za-z_.]*+ (?!['"])
    | (?P<mark>[-+*/%&^<>=!.,()])
    """,
    re.VERBOSE,
)
_CLAUSES = frozenset(
    ["SELECT", "FROM", "JOIN", "WITH", "VALUES", "TABLE", "UNION", "INTERSECT", "EXCEPT"]
)
_EXPLODING = frozenset({"CUBE", "ROLLUP", "SETS"})  # the parser writes out all of their combinations


class QueryRefused(DeckgenError):
    """The query of a deck is not run; the message names what is not allowed."""

    code = "query_refused"


@dataclass
class _Level:
    """The content of one pair of parentheses: the list's items, and the words of the last one."""

    items: int = 1
    chain: int = 0


class _Bounds:
    """A counter of a query's words, which refuses it as soon as there are too many of a kind."""

    def __init__(self) -> None:
        self._levels = [_Level()]
        self._tokens = self._clauses = 0

    def token(self) -> None:
        self._tokens += 1
        level = self._levels[-1]
        level.chain += 1
        if self._tokens > MAX_TOKENS:
            refuse("it has too many words")
        if level.chain > MAX_CHAIN:
            refuse("one of its expressions is too long")

    def word(self, word: str) -> None:
        if word in _EXPLODING:
            refuse(f"it may not hold {word}")
        self._clauses += word in _CLAUSES
        if self._clauses > MAX_CLAUSES:
            refuse("it has too many clauses")
        if word == "CASE":
            self.opened()
        elif word == "END":
            self.closed()

    def mark(self, mark: str) -> None:
        if mark == "(":
            self.opened()
        elif mark == ")":
            self.closed()
        elif mark == ",":
            level = self._levels[-1]
            level.items, level.chain = level.items + 1, 0
            if level.items > MAX_LISTED:
                refuse("one of its lists is too long")

    def opened(self) -> None:
        self._levels.append(_Level())
        if len(self._levels) > MAX_NESTING:
            refuse("it is nested too deeply")

    def closed(self) -> None:
        if len(self._levels) > 1:  # DuckDB reports parentheses that don't match
            self._levels.pop()


def check_text(query: str) -> None:
    """Raise QueryRefused unless a query is short and flat enough to be parsed."""
    if len(query) > MAX_LENGTH:
        refuse("it is too long")
    bounds, end = _Bounds(), 0
    while end < len(query):
        token = _TOKEN.match(query, end)
        if token is None or token["comment"]:
            refuse(f"it may not hold {query[end : end + 2]!r} outside of quotes")
        end = token.end()
        if token[0].isspace():
            continue
        bounds.token()
        if token["word"]:
            bounds.word(token["word"].upper())
        elif token["mark"]:
            bounds.mark(token["mark"])


def refuse(why: str) -> NoReturn:
    raise QueryRefused(f"The query is not run: {why}.")
