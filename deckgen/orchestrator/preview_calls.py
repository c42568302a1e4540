"""Calls of previews, answers and edits in a bounded process, with the errors that callers get.

The work itself is in previewing.py, which those processes load; this would be a burden to each of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deckgen.bounded.children import Children
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.previews import LATE_CODES, TableRequest

ANSWERING = 2.0  # seconds of a process beyond those of its preview, to say that time is up


def previewed(
    children: Children, query_seconds: float, seconds: float, request: TableRequest, path: Path
) -> bytes:
    """Returns the TableModel (JSON) of a file, read in a process.

    UnreadableData if it can't be read, InvalidRequest if not in time.
    """
    late = InvalidRequest(
        f"The table could not be read within {seconds:g} s. Preview a part of its rows, or ask for the "
        "deck, which has more time.",
        code="preview_timeout",
    )
    with _late_as(late):
        return children.call("preview", query_seconds, seconds, request, path)


def asked(
    children: Children, query_seconds: float, seconds: float, request: TableRequest, path: Path
) -> bytes:
    """Returns the Replies (JSON) to the questions about a file; errors likewise."""
    late = InvalidRequest(
        f"The table could not be read within {seconds:g} s. Put the question into the brief of a deck, "
        "which has more time.",
        code="ask_timeout",
    )
    with _late_as(late):
        return children.call("ask", query_seconds, seconds, request, path)


def edited(
    children: Children,
    query_seconds: float,
    seconds: float,
    work: bytes,
    path: Path | None,
) -> bytes:
    """Returns the EditOutcome of an EditOfDeck (both JSON); errors likewise."""
    late = InvalidRequest(
        f"The edit could not be checked within {seconds:g} s. Change fewer slides at once, or ask for "
        "less.",
        code="edit_timeout",
    )
    with _late_as(late):
        return children.call("edit", query_seconds, seconds, work, path)


@contextmanager
def _late_as(late: InvalidRequest) -> Iterator[None]:
    """Raise `late` if the block was ended because time was up."""
    try:
        yield
    except UnreadableData as error:
        if error.code not in LATE_CODES:
            raise
        raise late from error
