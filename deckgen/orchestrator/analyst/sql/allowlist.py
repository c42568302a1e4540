"""The allow-list for queries in decks: a deck may come from anybody, and its queries are run.

First the text is measured (query_text), so that it is safe for DuckDB's parser; then every piece has to
be on a list, and the whole small enough to be planned (query_tree): one SELECT over `data`.
"""

import json

import duckdb

from deckgen.orchestrator.analyst.sql.allowed_functions import FUNCTIONS
from deckgen.orchestrator.analyst.sql.query_text import QueryRefused, check_text, refuse
from deckgen.orchestrator.analyst.sql.query_tree import check_tree

__all__ = ["FUNCTIONS", "QueryRefused", "check_query"]


def check_query(con: duckdb.DuckDBPyConnection, query: str, columns: int) -> None:
    """Raise QueryRefused unless `query` is one SELECT over `data`, which has so many columns, made of
    pieces that are known to be harmless.

    The number of rows is bounded, like time and memory, where the query is run.
    """
    check_text(query)
    row = con.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    assert row is not None
    try:
        parsed = json.loads(row[0])
    except RecursionError:
        refuse("it is nested too deeply")
    if parsed["error"]:
        refuse(f"it is no SELECT: {parsed['error_message'].splitlines()[0][:200]}")
    if len(parsed["statements"]) != 1:
        refuse("it must be one statement")
    check_tree(parsed["statements"][0]["node"], columns)
