"""What was asked of a table before, so that it is not computed again.

Many insights start from the same totals, and a fact often repeats the query of another. The same query
is answered out of memory, and what a query groups in a sub-query is kept as a small table, from which
the next query with that sub-query goes on. Both give what DuckDB would give again: the table does not
change while it is open, and it has one thread.
"""

import sys
from itertools import pairwise
from typing import Any

import duckdb

Rows = list[tuple[Any, ...]]

MAX_ROWS, MAX_BYTES = 10_000, 32_000_000
MAX_GROUPS, MAX_GROUPS_IN_ALL = 50_000, 1_000_000


class Kept:
    """Answers of at most MAX_ROWS rows each and MAX_BYTES together; tables of at most MAX_GROUPS rows
    each and MAX_GROUPS_IN_ALL together.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._answers: dict[str, Rows] = {}
        self._bytes = 0
        self._tables: dict[str, str] = {}
        self._groups = 0

    def all(self, query: str, most: int | None = None) -> Rows:
        """The rows that the query gives, at most `most`."""
        rows = self._answers.get(query)
        if rows is None:
            answer = self._con.execute(self._shortened(query))
            rows = answer.fetchall() if most is None else answer.fetchmany(most)
            if most is None or len(rows) < most:
                self._keep(query, rows)
        return rows[:most]

    def _keep(self, query: str, rows: Rows) -> None:
        if len(rows) > MAX_ROWS:
            return
        size = sys.getsizeof(query) + sum(sys.getsizeof(cell) for row in rows for cell in row)
        if self._bytes + size <= MAX_BYTES:
            self._bytes += size
            self._answers[query] = rows

    def _shortened(self, query: str) -> str:
        """The query with tables in place of the sub-queries that gave them."""
        pieces, end = [], 0
        for start, stop in groupings(query):
            pieces += [query[end:start], self._table(query[start:stop])]
            end = stop
        return "".join([*pieces, query[end:]])

    def _table(self, part: str) -> str:
        """A query for what the sub-query gives: of a table where its rows are few, else itself."""
        if part not in self._tables:
            self._tables[part] = self._create(part, f"kept{len(self._tables)}")
        return self._tables[part]

    def _create(self, part: str, name: str) -> str:
        most = min(MAX_GROUPS, MAX_GROUPS_IN_ALL - self._groups)
        try:
            self._con.execute(f"CREATE TEMP TABLE {name} AS FROM ({part}) LIMIT {most + 1}")
        except duckdb.BinderException:  # it leans on the query around it
            return part
        ((rows,),) = self._con.execute(f"SELECT count(*) FROM {name}").fetchall()
        if rows > most:
            self._con.execute(f"DROP TABLE {name}")
            return part
        self._groups += rows
        return f"FROM {name}"


def groupings(query: str) -> list[tuple[int, int]]:
    """Where the parts of a query are that group rows of `data` themselves (start, end), in order.

    DuckDB's own lexer tells parentheses and words. None in what is no query, as its parentheses say:
    DuckDB will refuse it in its own words.
    """
    tokens = _tokens(query)
    opened, found = [0], []
    for number, (place, word) in enumerate([*tokens, (len(query), ")")]):
        if word == "(":
            opened.append(number + 1)
        elif word == ")":
            if not opened:
                return []
            first = opened.pop()
            if _groups_data([word for _, word in tokens[first:number]]):
                found.append((tokens[first][0], place))
    return found


def _tokens(query: str) -> list[tuple[int, str]]:
    """Where each token begins, and its text; texts and quoted names are told by their quote alone."""
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
