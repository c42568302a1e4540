"""The cache of queries over a table, so that nothing is computed twice.

Many insights start from the same totals, and a fact often repeats the query of another. A repeated
query is answered from memory, and the groups of a sub-query are kept as a small table, which the next
query with that sub-query reads. Both give what DuckDB would give again: the table does not change while
it is open, and it has one thread.
"""

import sys
from itertools import pairwise
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]

MAX_ROWS, MAX_BYTES = 10_000, 32_000_000
MAX_GROUPS, MAX_GROUPS_IN_ALL = 50_000, 1_000_000


class QueryCache:
    """A cache of answers, of at most MAX_ROWS rows each and MAX_BYTES together, and of tables, of at
    most MAX_GROUPS rows each and MAX_GROUPS_IN_ALL together.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._answers: dict[str, Rows] = {}
        self._bytes = 0
        self._tables: dict[str, str] = {}
        self._groups = 0

    def all(self, query: str, limit: int | None = None) -> Rows:
        """Returns the rows of a query, at most `limit`."""
        rows = self._answers.get(query)
        if rows is None:
            cursor = self._con.execute(self._shortened(query))
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
            if limit is None or len(rows) < limit:
                self._keep(query, rows)
        return rows[:limit]

    def _keep(self, query: str, rows: Rows) -> None:
        if len(rows) > MAX_ROWS:
            return
        size = sys.getsizeof(query) + sum(sys.getsizeof(cell) for row in rows for cell in row)
        if self._bytes + size <= MAX_BYTES:
            self._bytes += size
            self._answers[query] = rows

    def _shortened(self, query: str) -> str:
        """Returns the query with tables in the place of the sub-queries that gave them."""
        pieces, end = [], 0
        for start, stop in groupings(query):
            pieces += [query[end:start], self._table(query[start:stop])]
            end = stop
        return "".join([*pieces, query[end:]])

    def _table(self, part: str) -> str:
        """Returns a query equal to the sub-query: over a table if it has few rows, otherwise itself."""
        if part not in self._tables:
            self._tables[part] = self._create(part, f"kept{len(self._tables)}")
        return self._tables[part]

    def _create(self, part: str, name: str) -> str:
        limit = min(MAX_GROUPS, MAX_GROUPS_IN_ALL - self._groups)
        try:
            self._con.execute(f"CREATE TEMP TABLE {name} AS FROM ({part}) LIMIT {limit + 1}")
        except duckdb.BinderException:  # it depends on the query around it
            return part
        ((rows,),) = self._con.execute(f"SELECT count(*) FROM {name}").fetchall()
        if rows > limit:
            self._con.execute(f"DROP TABLE {name}")
            return part
        self._groups += rows
        return f"FROM {name}"


def groupings(query: str) -> list[tuple[int, int]]:
    """Returns the places (start, end) of the parts of a query that group rows of `data` themselves.

    DuckDB's own lexer finds parentheses and words. There are no parts if the parentheses don't match:
    DuckDB will refuse that query in its own words.
    """
    if "GROUP" not in query:
        return []
    tokens = _tokens(query)
    starts, parts = [0], []
    for number, (place, word) in enumerate([*tokens, (len(query), ")")]):
        if word == "(":
            starts.append(number + 1)
        elif word == ")":
            if not starts:
                return []
            first = starts.pop()
            if _groups_data([word for _, word in tokens[first:number]]):
                parts.append((tokens[first][0], place))
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


def _groups_data(words: list[str]) -> bool:
    """True for one query that groups rows of the table, whatever its names and cells say."""
    pairs = set(pairwise(words))
    return (
        words[:1] == ["SELECT"]
        and words.count("SELECT") == 1
        and ("FROM", "data") in pairs
        and ("GROUP", "BY") in pairs
    )
