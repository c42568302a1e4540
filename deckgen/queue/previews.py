"""Previews of tables, answers about them, and checks of edits, by the orchestrator: no job, and nothing
is written.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, TypeAlias

import httpx
from isal import igzip

from deckgen.config.settings import Settings
from deckgen.domain.asking import Replies
from deckgen.domain.documents import canonical_json
from deckgen.domain.editing import EditOutcome, EditWork
from deckgen.domain.errors import (
    Conflict,
    DeckgenError,
    InvalidRequest,
    NotFound,
    TooLarge,
    Unavailable,
    UnreadableData,
)
from deckgen.domain.previews import PreviewRequest, TableRequest
from deckgen.domain.table_models import TableModel
from deckgen.queue.orchestrator_calls import calling, problem_of
from deckgen.store.datasets import COMPRESSION_LEVEL

NO_PATH = "path_not_found"
WAITING = 10.0  # seconds beyond those for a free process and for the preview itself
# What a caller is told, beside tables that can't be read.
ERRORS: dict[int, type[DeckgenError]] = {413: TooLarge, 422: UnreadableData}
OF_EDITS: dict[int, type[DeckgenError]] = {
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: InvalidRequest,
}

Part: TypeAlias = tuple[str, bytes, str]  # the name of a file, what is in it, its media type


async def preview(settings: Settings, request: PreviewRequest) -> TableModel:
    """Returns what the table means.

    UnreadableData as of a job if it can't be read, Unavailable while the orchestrator is away or busy.
    """
    gzip = await asyncio.to_thread(igzip.compress, request.csv_data, COMPRESSION_LEVEL)
    asked = TableRequest(name=request.csv_name, context=request.context)
    otherwise = Unavailable(
        "The table could not be previewed just now. Try again later.", code="not_previewed"
    )
    return TableModel.model_validate_json(await _send(settings, "/preview", asked, gzip, otherwise))


async def ask(settings: Settings, request: TableRequest, gzip: bytes) -> Replies:
    """Returns the answers to the questions of the context; errors likewise."""
    otherwise = Unavailable(
        "The question could not be answered just now. Try again later.", code="not_answered"
    )
    return Replies.model_validate_json(await _send(settings, "/ask", request, gzip, otherwise))


async def _send(
    settings: Settings, path: str, request: TableRequest, gzip: bytes, otherwise: Unavailable
) -> bytes:
    files = {"request": _json("request", request.to_json()), "dataset": _dataset(gzip)}
    return await _post(settings, path, files, otherwise)


async def edit(
    settings: Settings, work: EditWork, deck: dict[str, Any], gzip: bytes | None
) -> EditOutcome:
    """Returns what is found in an edit of a deck, and the deck if it is saved; errors likewise."""
    otherwise = Unavailable(
        "The edit could not be checked just now. Try again later.", code="not_checked"
    )
    files = {"request": _json("request", {**work.to_json(), "deck": deck})}
    if gzip is not None:
        files["dataset"] = _dataset(gzip)
    return EditOutcome.model_validate_json(await _post(settings, "/edits", files, otherwise, OF_EDITS))


def _json(name: str, value: Any) -> Part:
    return f"{name}.json", canonical_json(value), "application/json"


def _dataset(gzip: bytes) -> Part:
    return "dataset.gz", gzip, "application/gzip"


async def _post(
    settings: Settings,
    path: str,
    files: dict[str, Part],
    otherwise: Unavailable,
    kinds: Mapping[int, type[DeckgenError]] = ERRORS,
) -> bytes:
    async with calling(settings, 2 * settings.preview_seconds + WAITING) as http:
        answer = await http.post(path, files=files)
    if not answer.is_success:
        raise _error(answer, otherwise, kinds)
    return answer.content


def _error(
    answer: httpx.Response, otherwise: Unavailable, kinds: Mapping[int, type[DeckgenError]]
) -> DeckgenError:
    """Returns the error, in the words of the orchestrator if it gave a reason."""
    problem = problem_of(answer)
    kind = kinds.get(answer.status_code)
    is_older = problem.get("code") == NO_PATH  # an orchestrator of a release that has not this work
    if kind and problem and not is_older:
        if problem["code"] == InvalidRequest.code:
            return InvalidRequest(problem["detail"])
        return kind(problem["detail"], code=problem["code"])
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE and problem:
        return Unavailable(problem["detail"], code=problem["code"])
    return otherwise
