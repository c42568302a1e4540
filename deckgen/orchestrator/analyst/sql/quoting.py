"""Quoting of names and cells in SQL. They are data, so each of them goes through these functions."""

from deckgen.domain.formatting.display import Value


def name(identifier: str) -> str:
    """Returns a quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: Value) -> str:
    """Returns a quoted string, a number or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def where(*conditions: str) -> str:
    """Returns a WHERE clause with a leading space; empty without conditions."""
    bracketed = [f"({condition})" for condition in conditions if condition]
    return " WHERE " + " AND ".join(bracketed) if bracketed else ""
