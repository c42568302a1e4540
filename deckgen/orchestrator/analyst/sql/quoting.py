"""SQL text from names and cells. They are data: every one of them goes through these functions."""

from deckgen.domain.formatting.display import Value


def name(identifier: str) -> str:
    """A quoted identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(value: Value) -> str:
    """A quoted string, a number or NULL."""
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


def where(*conditions: str) -> str:
    """A WHERE clause with a leading space; empty without conditions."""
    said = [f"({condition})" for condition in conditions if condition]
    return " WHERE " + " AND ".join(said) if said else ""
