"""The error of a setting that the table refutes."""

from deckgen.domain.errors import PermanentError

CODE = "unknown_column"  # of any setting that does not fit the table: established, and one for all


def impossible(path: str, what: str) -> PermanentError:
    """Returns the error of a setting, named by its path in the request."""
    return PermanentError(f"{path} {what}.", code=CODE)


def listed(names: list[str], most: int) -> str:
    """Returns the first of the names, and a sign if there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
