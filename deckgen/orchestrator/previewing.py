"""Previews: the table model of a file, within its time, of which nothing is kept.

The first half runs in a bounded process, the second in the one that starts it.
"""

import time
from pathlib import Path

from deckgen.bounded.children import Children
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.previews import TableRequest
from deckgen.domain.step_contract import DatasetInfo
from deckgen.domain.table_models import TableModel

LATE = frozenset({"query_timeout", "table_timeout"})
ANSWERING = 2.0  # seconds of a process beyond those of its preview, to say that time is up


def preview(path: Path, name: str, brief: Brief, query_seconds: float, seconds: float) -> TableModel:
    """Returns what the table means, as far as it is decided after so many seconds.

    UnreadableData if even reading takes longer.
    """
    # The service itself loads nothing of the engine.
    from deckgen.orchestrator.analyst.ingestion.table import open_table
    from deckgen.orchestrator.analyst.profiling.profile import profile_of
    from deckgen.orchestrator.analyst.sql import limits
    from deckgen.orchestrator.analyst.table_model import model_of

    ends_at = time.monotonic() + seconds
    with limits.within(min(query_seconds, seconds), seconds), open_table(path) as table:
        # Nothing asks for the hash of a table that is not kept.
        info = DatasetInfo(name=name, sha256="", bytes=path.stat().st_size)
        source = profile_of(table, info, brief)
        return model_of(table, source, name, ends_at, brief)


def previewed(
    children: Children, query_seconds: float, seconds: float, request: TableRequest, path: Path
) -> bytes:
    """Returns the TableModel (JSON) of a file, read in a process.

    UnreadableData if it can't be read, InvalidRequest if not in time.
    """
    try:
        return children.call("preview", query_seconds, seconds, request, path)
    except UnreadableData as error:
        if error.code not in LATE:
            raise
        raise InvalidRequest(
            f"The table could not be read within {seconds:g} s. Preview a part of its rows, or ask for "
            "the deck, which has more time.",
            code="preview_timeout",
        ) from error
