"""Find jobs, and change many of them at once."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.http.local import require_loopback
from deckgen.web.bodies import small_body
from deckgen.web.documents import Document
from deckgen.web.state import state

SEVERAL = ("status", "code")  # may be given more than once


async def find(request: Request) -> Response:
    """Jobs, the newest first: `?status=failed&code=internal_error&user=me&since=24h&q=sales&limit=50`.

    All that is given must hold; status and code may be several, with commas or repeated. `q` are words
    of the brief or of the error, or their beginnings; all must be found. `since` is a time or a
    duration (24h, 7d). The next page is got with `cursor`, the `nextCursor` of this one, and the same
    filter.
    """
    found = await state(request).decks.find_jobs(_query(request))
    return Document(found, headers={"Cache-Control": "no-store"})


async def retry_many(request: Request) -> Response:
    """Run all failed jobs again that match a filter, from their checkpoints: `{"since": "24h"}`.

    First with `"dryRun": true`, which says how many match and changes nothing, then with that `count`:
    409 if they are another number by then. `"all": true` stands for no filter. Each job is retried as
    it would be alone. Those that can't be, that were dismissed, or whose deck was completed since, are
    skipped, and counted by reason. Only from the server itself: 403 elsewhere.
    """
    return Document(await state(request).decks.retry_jobs(await _body(request)))


async def cancel_many(request: Request) -> Response:
    """End all jobs that match a filter and are not over: `{"user": "me", "since": "1h"}`.

    With `dryRun` and `count` as for the retry of many. Only from the server itself.
    """
    return Document(await state(request).decks.cancel_jobs(await _body(request)))


async def dismiss_many(request: Request) -> Response:
    """Say of all failed jobs that match a filter that nothing is to be done about them.

    They stay failed, and are kept no longer than others. With `dryRun` and `count` as for the retry of
    many. Only from the server itself.
    """
    return Document(await state(request).decks.dismiss_jobs(await _body(request)))


async def _body(request: Request) -> Any:
    require_loopback(request)
    return await small_body(request)


def _query(request: Request) -> dict[str, Any]:
    """The query's fields; an empty one is not given. InvalidRequest for two where one is meant."""
    fields: dict[str, Any] = {}
    for name in dict.fromkeys(request.query_params):
        values = [value for value in request.query_params.getlist(name) if value]
        if len(values) > 1 and name not in SEVERAL:
            raise InvalidRequest.of(FieldError(name, "must be given once"))
        if values:
            fields[name] = values if name in SEVERAL else values[0]
    return fields
