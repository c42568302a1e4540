"""The endpoint of the audit."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.web.documents import PRIVATE, Document
from deckgen.web.queries import fields
from deckgen.web.state import decks


async def audit(request: Request) -> Response:
    """List who did what in the tenant, the newest first: `?action=job.cancelled&since=24h`.

    An entry must match every parameter: `actor`, `action`, `target` (the id of what it was done to) and
    `since`. For the next page send the same with `cursor`, the `nextCursor` of this page.
    """
    page = await decks(request).audit.page(fields(request))
    return Document(page, headers=PRIVATE)
