"""The endpoint that puts the numbers of a new table into an edited presentation."""

from base64 import b64encode

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import InvalidRequest, TooLarge
from deckgen.domain.refreshing import RefreshedPresentation
from deckgen.http import bodies, forms
from deckgen.web.documents import PRIVATE
from deckgen.web.presentations import MAX_PRESENTATION_BYTES
from deckgen.web.state import caller, deck_id, decks, state
from deckgen.web.uploads import OVERHEAD

MAX_FIELD_BYTES = 10_000


async def refresh(request: Request) -> Response:
    """Put the numbers of a new table into a PowerPoint file of the deck that people may have edited.

    The body is multipart/form-data: the file as `presentation`, and the table as `csvData` (CSV, XLSX
    or Parquet), of the same columns as the deck's. Every fact of the file is computed over the new
    table, and written where it stands; wording, order and looks stay, and so do numbers that people
    wrote, which `left` lists. `doubtful` lists the sentences that no longer hold; each has a comment in
    the file. The answer has the file in base64. Nothing is stored: the deck stays as it is. 422 for a
    file that can't be read, is dangerous, holds no proof, or was made of another deck, and for a table
    without the columns that the deck needs. 429 while too many previews and questions are in flight.
    """
    settings = state(request).settings
    await decks(request).get_summary(deck_id(request))  # nothing is read for a deck that is not there
    most = MAX_PRESENTATION_BYTES + settings.max_csv_bytes + OVERHEAD
    bounded = bodies.bounded(request, max_bytes=most, timeout=settings.body_timeout_seconds)
    with state(request).previews.one_more(caller(request)):
        async with forms.read_form(bounded, max_part_bytes=MAX_FIELD_BYTES) as form:
            presentation, _ = await _file(form, "presentation", MAX_PRESENTATION_BYTES)
            table, name = await _file(form, "csvData", settings.max_csv_bytes)
        report, file = await decks(request).refresh_presentation(
            deck_id(request), presentation, table, csv_name=name
        )
    answer = RefreshedPresentation(**report.model_dump(), file=b64encode(file).decode())
    return JSONResponse(answer.to_json(), headers=PRIVATE)


async def _file(form: FormData, name: str, most: int) -> tuple[bytes, str]:
    part = form.get(name)
    if not isinstance(part, UploadFile):
        raise InvalidRequest(f"The file `{name}` is missing.", code="file_missing")
    if (part.size or 0) > most:
        raise TooLarge(f"The file `{name}` has more than {most:,} bytes.", code="body_too_large")
    return await part.read(), part.filename or name
