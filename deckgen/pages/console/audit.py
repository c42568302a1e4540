"""The audit: who did what when."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.audit import AuditPage
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.pages.console.frame import console_page
from deckgen.pages.console.jobs import SINCE, link
from deckgen.web.queries import fields
from deckgen.web.state import decks

FILTERS = ("actor", "action", "target", "since")


async def show(request: Request) -> Response:
    """Show what was done in the tenant, the newest first."""
    query = {name: value for name, value in fields(request).items() if name in {*FILTERS, "cursor"}}
    chosen = {name: value for name, value in query.items() if name in FILTERS}
    errors: tuple[FieldError, ...] = ()
    try:
        found = await decks(request).audit.page(query)
    except InvalidRequest as error:
        errors = error.errors or (FieldError("", error.message),)
        found = AuditPage(entries=[], next_cursor=None)
    return console_page(
        request,
        "audit.html",
        "audit",
        status=422 if errors else 200,
        found=found,
        chosen=chosen,
        errors=errors,
        spans=dict.fromkeys((*SINCE, *filter(None, [chosen.get("since")]))),
        is_first="cursor" not in query,
        link=link,
    )
