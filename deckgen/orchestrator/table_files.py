"""A table of an upload as a Parquet file, written in a bounded process, since anybody may upload."""

import tempfile
from functools import partial
from pathlib import Path
from typing import BinaryIO

from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response

from deckgen.config.settings import Settings
from deckgen.domain.datasets import PARQUET, TableFiles
from deckgen.domain.errors import InvalidRequest, NotFound
from deckgen.domain.overrides import CountCopies, TableOverride
from deckgen.http.open_files import OpenFileResponse
from deckgen.orchestrator.datasets import Part, read_form, unpacked


async def table(request: Request) -> Response:
    """POST /tables/{name}: the table of the part `dataset` (gzip) that facts call so, as Parquet; the
    part `copies` is what the deck's brief says of rows that are alike.
    """
    app = request.app
    async with read_form(request) as form:
        said = TableOverride(copies=_copies(form.get("copies")))
        work = partial(_table, app.state, form.get("dataset"), request.path_params["name"], said)
        file = await app.state.children.run(work)
    return OpenFileResponse(file, media_type=PARQUET, headers={})


def _copies(part: Part) -> CountCopies | None:
    """Returns how rows that are alike count, if the deck's brief says it."""
    return "once" if part == "once" else "each" if part == "each" else None


def _table(state: State, dataset: Part, name: str, said: TableOverride) -> BinaryIO:
    """Returns the file, open and without a name: it is gone when it was sent, or this process ends."""
    settings: Settings = state.settings
    with unpacked(dataset, settings.max_csv_bytes) as path:
        if path is None:
            raise InvalidRequest("The part `dataset` is missing.")
        with tempfile.TemporaryDirectory(
            prefix="table-", dir=state.folder, ignore_cleanup_errors=True
        ) as folder:
            work = partial(state.children.call, "tables", settings.query_timeout_seconds, path)
            return _written(work(Path(folder), said), name, Path(folder))


def _written(answer: bytes, name: str, folder: Path) -> BinaryIO:
    for each in TableFiles.model_validate_json(answer).tables:
        if each.name == name:
            return (folder / each.file_name).open("rb")
    raise NotFound("The upload has no table of this name.", code="table_not_found")
