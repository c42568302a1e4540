"""The endpoint of a deck's table as it was read."""

import hashlib
from functools import cache
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.datasets import PARQUET
from deckgen.http.etags import is_known, tagged
from deckgen.http.open_files import OpenFileResponse
from deckgen.web.state import deck_id, decks

DISPOSITION = 'attachment; filename="data.parquet"'  # the name of the table in the SQL


async def table(request: Request) -> Response:
    """Get the table of the deck as it was read, as Parquet.

    The SQL of each fact, chart and table of the deck gives its value over this file in plain DuckDB,
    where it is called `data`. 409 while there is no completed deck, 404 if it was made from a brief
    alone. With an ETag: 304 if the client has it.
    """
    name = deck_id(request)
    tag = _tag(await decks(request).get_table_tag(name))
    if is_known(request, tag):
        return Response(status_code=304, headers=tagged(tag))
    found = await decks(request).get_table(name)
    headers = {**tagged(_tag(found.tag)), "Content-Disposition": DISPOSITION}
    return OpenFileResponse(found.file, media_type=PARQUET, headers=headers)


def _tag(table: str) -> str:
    """Returns the tag of a table as this release reads it."""
    return hashlib.sha256(f"{table} {_release()}".encode()).hexdigest()


@cache
def _release() -> str:
    return version("deckgen")
