"""What a query may be that stands in a deck: the deck may come from anybody, and its queries are run.

A query is taken apart by DuckDB's own parser, and every piece has to be on a list: one SELECT over
`data`, with functions whose results do not outgrow what goes in. That leaves out reading files and
settings, table functions such as `range`, recursion, and ways to build a huge text, which neither the
memory limit nor an interruption stops (`repeat('x', 1e9)`). Whatever needs more to be told, needs its
function on the list.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb

from deckgen.domain.errors import DeckgenError

MAX_LENGTH = 200_000
_UNPLAIN = re.compile(r"--|/\*|\$|\b[a-z]&?'", re.IGNORECASE)  # E'\'', $$...$$

_NODES = frozenset(
    {"SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE", "BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY"}
    | {"ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER"}
    | {"ORDER_DEFAULT", "ASCENDING", "DESCENDING"}
)
_EXPRESSIONS = frozenset(
    {"BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION"}
    | {"OPERATOR", "STAR", "SUBQUERY", "TYPE", "WINDOW"}
)
_OPERATORS = "+ - * / // % & ** ^ ~~ !~~"
_AGGREGATES = """
    any_value arg_max arg_min avg bool_and bool_or corr count count_if count_star covar_pop covar_samp
    entropy first kurtosis last mad max max_by median min min_by mode product quantile quantile_cont
    quantile_disc regr_intercept regr_r2 regr_slope skewness stddev stddev_pop stddev_samp sum var_pop
    var_samp variance
"""
_WINDOWS = """
    cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number
"""
_SCALARS = """
    abs ceil cos exp floor greatest isfinite isinf isnan least ln log log10 log2 mod pow power round
    sign sin sqrt trunc
    date_diff date_part date_trunc datediff day dayofweek dayofyear epoch hour isodow isoyear last_day
    make_date make_timestamp minute month quarter second strftime to_days to_months to_years week year
    contains ends_with left length lower nullif right starts_with substr substring trim upper
"""
FUNCTIONS = frozenset(f"{_OPERATORS} {_AGGREGATES} {_WINDOWS} {_SCALARS}".split())


class QueryRefused(DeckgenError):
    """The query of a deck is not run; the message says what of it is not on the list."""

    code = "query_refused"


def check_query(con: duckdb.DuckDBPyConnection, query: str) -> None:
    """QueryRefused unless `query` is one SELECT over `data` out of pieces that are known to do no harm.

    Says nothing of time, memory and the number of rows: they are bounded where the query is run.
    """
    if len(query) > MAX_LENGTH:
        raise QueryRefused("The query is too long.")
    row = con.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    assert row is not None
    try:
        parsed = json.loads(row[0])
    except RecursionError:
        raise QueryRefused("The query is nested too deeply.") from None
    if parsed["error"]:
        raise QueryRefused(f"The query is no SELECT: {parsed['error_message'].splitlines()[0][:200]}")
    if len(parsed["statements"]) != 1:
        raise QueryRefused("The query must be one statement.")
    pieces = list(_pieces(parsed))
    known = {"data"} | {entry["key"].lower() for piece in pieces for entry in _ctes(piece)}
    for piece in pieces:
        _check(piece, known)


def is_plain(query: str) -> bool:
    """Whether quotes and parentheses mean what they seem to: no comments, no other quotes.

    Only then may a query be taken apart as text. A name that looks like a comment does no harm.
    """
    return _UNPLAIN.search(query) is None


def _pieces(parsed: Any) -> Iterator[dict[str, Any]]:
    """Every object in the parsed query; without recursion, because the query says how deep it is."""
    waiting = [parsed]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _ctes(piece: dict[str, Any]) -> list[dict[str, Any]]:
    cte_map = piece.get("cte_map")
    return cte_map["map"] if cte_map else []


def _check(piece: dict[str, Any], known: set[str]) -> None:
    kind = piece.get("class", piece.get("type"))
    allowed = _EXPRESSIONS if "class" in piece else _NODES
    if isinstance(kind, str) and kind not in allowed:
        raise QueryRefused(f"The query may not hold a {kind}.")
    if "function_name" in piece and "function" not in piece:
        _check_function(piece)
    if kind == "BASE_TABLE":
        _check_table(piece, known)


def _check_function(piece: dict[str, Any]) -> None:
    name = piece["function_name"].lower()
    if name not in FUNCTIONS or piece["schema"] or piece["catalog"]:
        raise QueryRefused(f"The query may not call {name}.")


def _check_table(piece: dict[str, Any], known: set[str]) -> None:
    named = (
        piece["table_name"].lower() in known and not piece["schema_name"] and not piece["catalog_name"]
    )
    if not named or piece["sample"] or piece["at_clause"]:
        raise QueryRefused("The query may read the table `data` and nothing else.")
