"""The error of a setting that the table refutes."""

from deckgen.domain.errors import PermanentError


def impossible(path: str, what: str) -> PermanentError:
    """Returns the error of a setting, named by its path in the request; all have one code."""
    return PermanentError(f"{path} {what}.", code="unknown_column")


def listed(names: list[str], most: int) -> str:
    """Returns the first of the names, and a sign if there are more."""
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")
