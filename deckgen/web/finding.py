"""Endpoints that find jobs, and change many at once."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.web.bodies import small_body
from deckgen.web.documents import Document, unless_known
from deckgen.web.queries import fields
from deckgen.web.state import decks

SEVERAL = ("status", "code")  # may be given more than once


async def find(request: Request) -> Response:
    """Find jobs, the newest first: `?status=failed&code=internal_error&user=me&since=24h&q=sales`.

    A job must match every parameter. `status` and `code` may have several values, separated by commas
    or repeated. `q` holds words of the brief or of the error, or their beginnings; all must be found.
    `since` is a time or a duration (24h, 7d), and `limit` the number of jobs per page. For the next
    page send the same filter with `cursor`, the `nextCursor` of this page.
    With an ETag: 304 if the client has it.
    """
    page = await decks(request).find_jobs(fields(request, SEVERAL))
    return unless_known(request, page)


async def retry_many(request: Request) -> Response:
    """Retry all failed jobs that match a filter, from their checkpoints: `{"since": "24h"}`.

    Send `"dryRun": true` first, which returns how many jobs match and changes nothing. Then send that
    `count`; the answer is 409 if another number matches by then. `"all": true` stands for no filter.
    Each job is retried as it would be alone. Jobs that can't be retried, that were dismissed, or whose
    deck was completed since are skipped, and counted by reason.
    """
    return Document(await decks(request).retry_jobs(await small_body(request)))


async def cancel_many(request: Request) -> Response:
    """Cancel all jobs that match a filter and are not over: `{"user": "me", "since": "1h"}`.

    `dryRun` and `count` work as for the retry of many jobs.
    """
    return Document(await decks(request).cancel_jobs(await small_body(request)))


async def dismiss_many(request: Request) -> Response:
    """Dismiss all failed jobs that match a filter: nothing is to be done about them.

    They stay failed, and are kept no longer than others. `dryRun` and `count` work as for the retry of
    many jobs.
    """
    return Document(await decks(request).dismiss_jobs(await small_body(request)))


async def change_priorities(request: Request) -> Response:
    """Change the priority of all waiting jobs that match: `{"user": "me", "priority": 9}`.

    They start in the order of their new priority. `dryRun` and `count` work as for the retry of many
    jobs; a dry run needs no priority.
    """
    return Document(await decks(request).change_priorities(await small_body(request)))
