"""The bounds of a parsed query: every piece is on a list, and every table that it names is `data`, or a
part of the query that is named before and around that place.

A short query can still be huge once it is planned: `SELECT *, *` in each of twenty sub-queries doubles
the columns twenty times, and so does a part that the next one names twice. That growth is counted here,
because DuckDB bounds neither time nor memory while it plans.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deckgen.orchestrator.analyst.sql.allowed_functions import FUNCTIONS, WINDOWED, check_call
from deckgen.orchestrator.analyst.sql.query_text import refuse

TABLE = "data"
MAX_NODES, MAX_DEPTH = 40_000, 90
MAX_TABLES, MAX_JOINS = 400, 12  # each part counts as often as it is named
MAX_COLUMNS = 1_000  # of a sub-query, once its stars are expanded

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
# Totals may be running or whole; with a moving frame each row costs as much as the frame is wide.
_STARTS = frozenset({"UNBOUNDED_PRECEDING"})
_ENDS = frozenset({"CURRENT_ROW_RANGE", "CURRENT_ROW_ROWS", "UNBOUNDED_FOLLOWING"})

Piece = dict[str, Any]


class Size(NamedTuple):
    """The size of a part of a query: the columns that it gives, the tables and joins behind it."""

    columns: int
    tables: int = 0
    joins: int = 0


Scope = Mapping[str, Size]


def check_tree(node: Piece, columns: int) -> None:
    """Raise QueryRefused unless a query is made of known pieces, and reads only the table `data`, which
    has so many columns, or is one number, as a threshold of the engine's is.
    """
    for piece in _pieces(node):
        _check_piece(piece)
    size = _query(node, {TABLE: Size(columns, tables=1)})
    if not size.tables and not _is_number(node):
        refuse(f"it does not read the table `{TABLE}`")


def _is_number(node: Piece) -> bool:
    selected = node.get("select_list", [])
    return len(selected) == 1 and selected[0].get("literal", {}).get("kind", "STRING") != "STRING"


def _pieces(tree: Any) -> Iterator[Piece]:
    """Yields every object of the parsed query; without recursion, because its depth is not trusted."""
    waiting: list[tuple[Any, int]] = [(tree, 0)]
    count = 0
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            refuse("it is nested too deeply")
        if isinstance(value, dict):
            count += 1
            yield value
            waiting += ((child, depth + 1) for child in value.values())
        elif isinstance(value, list):
            waiting += ((child, depth) for child in value)
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
    """Returns the size of a query, whose named parts are known to later and to inner parts."""
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
        size = _together(
            max(part.columns for part in parts), *parts, *_within(node["modifiers"], inner)
        )
    return _bounded(size)


def _select(node: Piece, scope: Scope) -> Size:
    table = _relation(node["from_table"], scope)
    skipped = ("from_table", "cte_map")
    inner = [size for key in node if key not in skipped for size in _within(node[key], scope)]
    _check_names(node, [value for key, value in node.items() if key not in (*skipped, "select_list")])
    stars = sum(expression["class"] == "STAR" for expression in node["select_list"])
    columns = stars * table.columns + len(node["select_list"]) - stars
    return _together(columns, table, *inner)


def _check_names(node: Piece, further: list[Any]) -> None:
    """Refuse aliases that grow too much: an alias stands for its whole expression in what follows, so
    one that names the one before it twice doubles what is planned.
    """
    names: dict[str, int] = {}
    total = 0
    for expression in [*node["select_list"], *further]:
        pieces = list(_pieces(expression))
        column_names = [piece["column_names"][-1] for piece in pieces if "column_names" in piece]
        size = len(pieces) + sum(names.get(name.lower(), 0) for name in column_names)
        total += size
        if total > MAX_NODES:
            refuse("it has too many parts once its names are written out")
        if isinstance(expression, dict) and (alias := expression.get("alias")):
            names[alias.lower()] = size


def _relation(piece: Piece, scope: Scope) -> Size:
    """Returns the size of what follows FROM."""
    match piece["type"]:
        case "BASE_TABLE":
            return _table(piece, scope)
        case "SUBQUERY":
            return _query(piece["subquery"]["node"], scope)
        case "JOIN":
            sides = [_relation(piece[side], scope) for side in ("left", "right")]
            columns = sum(side.columns for side in sides)
            joined = _together(columns, *sides, *_within(piece.get("condition"), scope))
            return _bounded(joined._replace(joins=joined.joins + 1))
        case _:
            return Size(0)


def _table(piece: Piece, scope: Scope) -> Size:
    size = scope.get(piece["table_name"].lower())
    path = (piece.get("qualified_name") or {}).get("path", [None])
    if size is None or len(path) > 1 or piece["schema_name"] or piece["catalog_name"]:
        refuse(f"it may read the table `{TABLE}` and nothing else")
    if piece["sample"] or piece["at_clause"]:
        refuse("it may not read a sample of a table, or a former state")
    return size


def _within(value: Any, scope: Scope) -> Iterator[Size]:
    """Yields the sizes of the queries within expressions."""
    if isinstance(value, list):
        for item in value:
            yield from _within(item, scope)
    elif isinstance(value, dict):
        if value.get("class") == "SUBQUERY":
            yield _query(value["subquery"]["node"], scope)
            yield from _within(value["child"], scope)
        else:
            for item in value.values():
                yield from _within(item, scope)


def _together(columns: int, *parts: Size) -> Size:
    return Size(columns, sum(part.tables for part in parts), sum(part.joins for part in parts))


def _bounded(size: Size) -> Size:
    if size.columns > MAX_COLUMNS:
        refuse("it has too many columns once its stars are written out")
    if size.tables > MAX_TABLES or size.joins > MAX_JOINS:
        refuse("it reads too many tables")
    return size
