"""What a parsed query may be: every piece of it is on a list, and every table that it names is `data`,
or a part of the query that is named before and around that place.

A query that is short can still be huge once it is planned: `SELECT *, *` in each of twenty sub-queries
doubles the columns twenty times, and so does a part that is named twice by the next. What it grows to
is counted here, because DuckDB plans without an eye on time and memory.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deckgen.orchestrator.analyst.sql.allowed_functions import FUNCTIONS, WINDOWED, check_call
from deckgen.orchestrator.analyst.sql.query_text import refuse

TABLE = "data"
MAX_NODES, MAX_DEPTH = 40_000, 90
MAX_TABLES, MAX_JOINS = 400, 12  # with each part counted as often as it is named
MAX_COLUMNS = 1_000  # that a sub-query has once its stars are written out

_NODES = frozenset(
    {"SELECT_NODE", "SET_OPERATION_NODE", "BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY"}
    | {"ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER"}
    | {"ORDER_DEFAULT", "ASCENDING", "DESCENDING"}
)
_EXPRESSIONS = frozenset(
    {"BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION"}
    | {"OPERATOR", "STAR", "SUBQUERY", "TYPE", "WINDOW"}
)
_NUMBERS = "bigint decimal double float hugeint integer numeric real smallint tinyint ubigint uinteger"
_OTHERS = "boolean date interval time timestamp usmallint utinyint varchar"
_TYPES = frozenset(f"{_NUMBERS} {_OTHERS}".split())
# A running total or a whole one; a frame that moves makes each row as dear as the frame is wide.
_STARTS = frozenset({"UNBOUNDED_PRECEDING"})
_ENDS = frozenset({"CURRENT_ROW_RANGE", "CURRENT_ROW_ROWS", "UNBOUNDED_FOLLOWING"})

Piece = dict[str, Any]


class Size(NamedTuple):
    """What a part of a query comes to: the columns that it gives, the tables and joins behind it."""

    columns: int
    tables: int = 0
    joins: int = 0


Scope = Mapping[str, Size]


def check_tree(node: Piece, columns: int) -> None:
    """QueryRefused unless a query is made of known pieces, and reads the table `data`, which has so
    many columns, and nothing else; or is one number, as a threshold of the engine's is.
    """
    for piece in _pieces(node):
        _check_piece(piece)
    size = _query(node, {TABLE: Size(columns, tables=1)})
    if not size.tables and not _is_number(node):
        refuse(f"it does not read the table `{TABLE}`")


def _is_number(node: Piece) -> bool:
    said = node.get("select_list", [])
    return len(said) == 1 and said[0].get("literal", {}).get("kind", "STRING") != "STRING"


def _pieces(tree: Any) -> Iterator[Piece]:
    """Every object of the parsed query; without recursion, because the query says how deep it is."""
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    count = 0
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            refuse("it is nested too deeply")
        if isinstance(value, dict):
            count += 1
            yield value
            waiting += ((one, depth + 1) for one in value.values())
        elif isinstance(value, list):
            waiting += ((one, depth) for one in value)
        if count > MAX_NODES:
            refuse("it has too many parts")


def _check_piece(piece: Piece) -> None:
    kind = piece.get("class", piece.get("type"))
    allowed = _EXPRESSIONS if "class" in piece else _NODES
    if isinstance(kind, str) and kind not in allowed:
        refuse(f"it may not hold a {kind}")
    match kind:
        case "FUNCTION":
            check_call(piece, FUNCTIONS)
        case "WINDOW":
            check_call(piece, WINDOWED)
            _check_frame(piece)
        case "TYPE":
            _check_type(piece)
        case "STAR" if piece["columns"] or piece["expr"] or piece["replace_list"]:
            refuse("it may not hold COLUMNS or REPLACE")
        case "SELECT_NODE" if len(piece["group_sets"]) > 1 or piece["sample"]:
            refuse("it may not hold grouping sets or samples")


def _check_frame(window: Piece) -> None:
    plain = window["exclude_clause"] == "NO_OTHER" and not window["distinct"]
    if window["start"] not in _STARTS or window["end"] not in _ENDS or not plain:
        refuse("its window functions may not have frames of their own")


def _check_type(piece: Piece) -> None:
    plain = all(child["class"] == "CONSTANT" for child in piece["children"])
    if piece["type_name"].lower() not in _TYPES or not plain:
        refuse(f"it may not hold the type {piece['type_name'][:40]}")


def _query(node: Piece, scope: Scope) -> Size:
    """What a query comes to. Its named parts are known to the parts after them and within it."""
    inner = dict(scope)
    for entry in (node.get("cte_map") or {}).get("map", []):
        name = entry["key"].lower()
        if name in inner:
            refuse(f"it gives the name {name} to another table")
        inner[name] = _query(entry["value"]["query_node"], inner)
    if node["type"] == "SELECT_NODE":
        size = _select(node, inner)
    else:
        parts = [_query(child, inner) for child in node["children"]]
        size = _together(max(one.columns for one in parts), *parts, *_within(node["modifiers"], inner))
    return _bounded(size)


def _select(node: Piece, scope: Scope) -> Size:
    table = _relation(node["from_table"], scope)
    apart = ("from_table", "cte_map")
    said = [size for key in node if key not in apart for size in _within(node[key], scope)]
    _check_names(node, [value for key, value in node.items() if key not in (*apart, "select_list")])
    stars = sum(one["class"] == "STAR" for one in node["select_list"])
    columns = stars * table.columns + len(node["select_list"]) - stars
    return _together(columns, table, *said)


def _check_names(node: Piece, others: list[Any]) -> None:
    """A name that a column is given stands, in what follows, for the whole of its expression: each that
    names the one before it twice doubles what is planned.
    """
    names: dict[str, int] = {}
    total = 0
    for expression in [*node["select_list"], *others]:
        pieces = list(_pieces(expression))
        named = [piece["column_names"][-1] for piece in pieces if "column_names" in piece]
        size = len(pieces) + sum(names.get(one.lower(), 0) for one in named)
        total += size
        if total > MAX_NODES:
            refuse("it has too many parts once its names are written out")
        if isinstance(expression, dict) and (alias := expression.get("alias")):
            names[alias.lower()] = size


def _relation(piece: Piece, scope: Scope) -> Size:
    """What stands behind FROM."""
    match piece["type"]:
        case "BASE_TABLE":
            return _table(piece, scope)
        case "SUBQUERY":
            return _query(piece["subquery"]["node"], scope)
        case "JOIN":
            sides = [_relation(piece[side], scope) for side in ("left", "right")]
            columns = sum(one.columns for one in sides)
            joined = _together(columns, *sides, *_within(piece.get("condition"), scope))
            return _bounded(joined._replace(joins=joined.joins + 1))
        case _:
            return Size(0)


def _table(piece: Piece, scope: Scope) -> Size:
    found = scope.get(piece["table_name"].lower())
    path = (piece.get("qualified_name") or {}).get("path", [None])
    if found is None or len(path) > 1 or piece["schema_name"] or piece["catalog_name"]:
        refuse(f"it may read the table `{TABLE}` and nothing else")
    if piece["sample"] or piece["at_clause"]:
        refuse("it may not read a sample of a table, or a former state")
    return found


def _within(value: Any, scope: Scope) -> Iterator[Size]:
    """The queries within expressions."""
    if isinstance(value, list):
        for one in value:
            yield from _within(one, scope)
    elif isinstance(value, dict):
        if value.get("class") == "SUBQUERY":
            yield _query(value["subquery"]["node"], scope)
            yield from _within(value["child"], scope)
        else:
            for one in value.values():
                yield from _within(one, scope)


def _together(columns: int, *parts: Size) -> Size:
    return Size(columns, sum(one.tables for one in parts), sum(one.joins for one in parts))


def _bounded(size: Size) -> Size:
    if size.columns > MAX_COLUMNS:
        refuse("it has too many columns once its stars are written out")
    if size.tables > MAX_TABLES or size.joins > MAX_JOINS:
        refuse("it reads too many tables")
    return size
