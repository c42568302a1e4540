"""The cache of queries over a table, so that nothing is computed twice.

Many insights start from the same totals, and a fact often repeats the query of another. A repeated
query is answered from memory, also as a sub-query if it gave one number. The groups of a sub-query are
kept as a small table, which the next query with that sub-query reads. All this gives what DuckDB would
give again: the table does not change while it is open, and it has one thread.
"""

import sys
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]
Place = tuple[int, int]  # the start and the end of a part of a query
TERMS = frozenset({"SELECT", "-", "/"})  # before a bracket they say that a value stands in it

MAX_ROWS, MAX_BYTES = 10_000, 32_000_000
MAX_GROUPS, MAX_GROUPS_IN_ALL = 50_000, 1_000_000


class QueryCache:
    """A cache of answers, of at most MAX_ROWS rows each and MAX_BYTES together, and of tables, of at
    most MAX_GROUPS rows each and MAX_GROUPS_IN_ALL together.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._answers: dict[str, Rows] = {}
        self._numbers: dict[str, float] = {}  # those of the answers that are one number
        self._bytes = 0
        self._tables: dict[str, str] = {}
        self._groups = 0

    def all(self, query: str, limit: int | None = None) -> Rows:
        """Returns the rows of a query, at most `limit`."""
        rows = self._answers.get(query)
        if rows is None:
            shortened, numbers = self._shortened(query)
            cursor = self._con.execute(shortened, numbers)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
            if limit is None or len(rows) < limit:
                self._keep(query, rows)
                self._keep_number(query, rows, str(cursor.description[0][1]))
        return rows[:limit]

    def _keep(self, query: str, rows: Rows) -> None:
        if len(rows) > MAX_ROWS:
            return
        size = sys.getsizeof(query) + sum(sys.getsizeof(cell) for row in rows for cell in row)
        if self._bytes + size <= MAX_BYTES:
            self._bytes += size
            self._answers[query] = rows

    def _keep_number(self, query: str, rows: Rows, kind: str) -> None:
        """Keep an answer that is one number, if its type comes back as it is when it is a parameter."""
        if query in self._answers and len(rows) == 1 and kind == "DOUBLE":
            first, *others = rows[0]
            if isinstance(first, float) and not others:
                self._numbers[query] = first

    def _shortened(self, query: str) -> tuple[str, list[float]]:
        """Returns the query with the number of each parameter in it: the sub-queries that gave one are
        parameters now, and tables stand in the place of those that group.
        """
        pieces: list[str] = []
        numbers: list[float] = []
        end = 0
        for start, stop in self._parts(query):
            part = query[start:stop]
            if part in self._numbers:
                numbers.append(self._numbers[part])
                pieces += [query[end:start], f"${len(numbers)}"]
            else:
                pieces += [query[end:start], self._table(part)]
            end = stop
        return "".join([*pieces, query[end:]]), numbers

    def _parts(self, query: str) -> list[Place]:
        """Returns the places of the parts that are not computed again, none within another."""
        if "GROUP" not in query and "(SELECT" not in query:
            return []
        found = [
            each.place
            for each in sub_queries(query)
            if each.groups_data or (each.is_term and query[slice(*each.place)] in self._numbers)
        ]
        parts: list[Place] = []
        for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
            if not parts or start >= parts[-1][1]:
                parts.append((start, end))
        return parts

    def _table(self, part: str) -> str:
        """Returns a query equal to the sub-query: over a table if it has few rows, otherwise itself."""
        if part not in self._tables:
            self._tables[part] = self._create(part, f"kept{len(self._tables)}")
        return self._tables[part]

    def _create(self, part: str, name: str) -> str:
        limit = min(MAX_GROUPS, MAX_GROUPS_IN_ALL - self._groups)
        try:
            made = self._con.execute(f"CREATE TEMP TABLE {name} AS FROM ({part}) LIMIT {limit + 1}")
        except duckdb.BinderException:  # it depends on the query around it
            return part
        ((rows,),) = made.fetchall()
        if rows > limit:
            self._con.execute(f"DROP TABLE {name}")
            return part
        self._groups += rows
        return f"FROM {name}"


@dataclass(frozen=True)
class SubQuery:
    """A part of a query in brackets, or all of it: its words, and the word before the bracket."""

    place: Place
    words: list[str]
    before: str

    @property
    def is_term(self) -> bool:
        """True if it stands for one value: elsewhere it may be a table, or be asked for its rows."""
        return self.before in TERMS

    @property
    def groups_data(self) -> bool:
        """True for one query that groups rows of the table, whatever its names and cells say."""
        pairs = set(pairwise(self.words))
        return (
            self.words.count("SELECT") == 1 and ("FROM", "data") in pairs and ("GROUP", "BY") in pairs
        )


def sub_queries(query: str) -> list[SubQuery]:
    """Returns the parts of a query that are queries, the inner ones first.

    DuckDB's own lexer finds parentheses and words. There are no parts if the parentheses don't match:
    DuckDB will refuse that query in its own words.
    """
    tokens = _tokens(query)
    words = [word for _, word in tokens]
    starts, parts = [0], []
    for number, (place, word) in enumerate([*tokens, (len(query), ")")]):
        if word == "(":
            starts.append(number + 1)
        elif word == ")":
            if not starts:
                return []
            first = starts.pop()
            if words[first : first + 1] == ["SELECT"]:
                before = words[first - 2] if first > 1 else ""
                parts.append(SubQuery((tokens[first][0], place), words[first:number], before))
    return parts


def _tokens(query: str) -> list[tuple[int, str]]:
    """Returns the start of each token, and its text; of texts and quoted names only the quote."""
    content = query.encode()
    places = [place for place, _ in duckdb.tokenize(query)]
    ends = [*places, len(content)][1:]
    # DuckDB counts bytes, and Python characters.
    begins = places if query.isascii() else [len(content[:place].decode()) for place in places]
    words = [content[place:end].decode() for place, end in zip(places, ends, strict=True)]
    return [(begin, _plain(word)) for begin, word in zip(begins, words, strict=True)]


def _plain(word: str) -> str:
    return word[0] if word[0] in "'\"$" else word.rstrip()
