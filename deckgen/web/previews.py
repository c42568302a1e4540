"""The endpoint of previews: what was understood of a table, before there is a deck."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.previews import PreviewRequest
from deckgen.domain.requests import parse
from deckgen.web.documents import PRIVATE
from deckgen.web.large_uploads import PREVIEW
from deckgen.web.state import caller, decks, state
from deckgen.web.uploads import read_with_table


async def preview(request: Request) -> Response:
    """Say what a table means: what a row is, what each column holds, what can be derived.

    The body is JSON with the text of a CSV as `csvData`, or multipart/form-data with the table as the
    file `csvData`: CSV, XLSX or Parquet. Each decision has its reason and says how sure it is. The
    context's questions are there as they are understood, and are not answered. There is no job, and
    nothing is kept. After some seconds the answer has what is decided by then, and `unfinished` names
    the rest. 429 while too many previews and questions are in flight.
    """
    shared = state(request)
    values = await read_with_table(request, PREVIEW, shared.settings, shared.readers)
    body = parse(PreviewRequest, values)
    with shared.previews.one_more(caller(request)):
        model = await decks(request).preview_table(
            body.csv_data, body.context.to_json(), csv_name=body.csv_name
        )
    return JSONResponse(model.to_json(), headers=PRIVATE)
