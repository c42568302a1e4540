"""Previews and answers: what a table means, and what is asked about it, within their time.

This is what runs in a bounded process; preview_calls.py starts it. Nothing of it is kept.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deckgen.domain.asking import Replies
from deckgen.domain.errors import UnreadableData
from deckgen.domain.previews import LATE_CODES, TableRequest
from deckgen.domain.step_contract import DatasetInfo
from deckgen.domain.table_models import TableModel

if TYPE_CHECKING:
    from deckgen.orchestrator.analyst.questions.table import Table


def preview(path: Path, request: TableRequest, query_seconds: float, seconds: float) -> TableModel:
    """Returns what the table means, as far as it is decided after so many seconds, and how the
    questions of the context are understood.

    UnreadableData if even reading takes longer.
    """
    from deckgen.orchestrator.analyst.answers.understanding import understood_of

    with _opened(path, request, query_seconds, seconds) as table:
        model = table.model
        try:
            return model.model_copy(update={"questions": understood_of(table)})
        except UnreadableData as error:
            if error.code not in LATE_CODES:
                raise
            unfinished = [*model.unfinished, "what the questions ask for"]
            return model.model_copy(update={"unfinished": unfinished})


def ask(path: Path, request: TableRequest, query_seconds: float, seconds: float) -> Replies:
    """Returns the answers to the questions of the context, as far as there are any in time.

    UnreadableData if even reading table and questions takes longer.
    """
    from deckgen.orchestrator.analyst.answers.replying import replies_of

    ends_at = time.monotonic() + seconds
    with _opened(path, request, query_seconds, seconds) as table:
        return replies_of(table, ends_at)


@contextmanager
def _opened(
    path: Path, request: TableRequest, query_seconds: float, seconds: float
) -> Iterator["Table"]:
    """Provide the table with its model, as far as that is decided in time."""
    # The service itself loads nothing of the engine.
    from deckgen.orchestrator.analyst.ingestion.table import open_table
    from deckgen.orchestrator.analyst.profiling.profile import profile_of
    from deckgen.orchestrator.analyst.questions.table import Table
    from deckgen.orchestrator.analyst.sql import limits
    from deckgen.orchestrator.analyst.table_model import model_of

    ends_at = time.monotonic() + seconds
    is_timed = limits.within(min(query_seconds, seconds), seconds)
    with is_timed, open_table(path, request.context.table, once=True) as table:
        # Nothing asks for the hash of a table that is not kept.
        info = DatasetInfo(name=request.name, sha256="", bytes=path.stat().st_size)
        source = profile_of(table, info, request.context)
        model = model_of(table, source, request.name, ends_at, request.context)
        yield Table(table, source, model, request.context)
