"""The tenant's webhooks: where the ends of jobs are told, and what became of each telling."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from deckgen.domain.jobs import DeliveryStatus
from deckgen.pages.console.frame import console_page
from deckgen.pages.console.jobs import link
from deckgen.pages.shell import root
from deckgen.web.queries import fields
from deckgen.web.state import decks

FILTERS = ("status", "endpoint", "job")


async def show(request: Request) -> Response:
    """Show the endpoints, and the deliveries that match, the newest first."""
    query = {name: value for name, value in fields(request).items() if name in {*FILTERS, "cursor"}}
    webhooks = decks(request).webhooks
    return console_page(
        request,
        "webhooks.html",
        "webhooks",
        endpoints=(await webhooks.listed()).endpoints,
        logged=await webhooks.deliveries(query),
        chosen={name: value for name, value in query.items() if name in FILTERS},
        statuses=list(DeliveryStatus),
        is_first="cursor" not in query,
        link=link,
    )


async def redeliver(request: Request) -> Response:
    """Send an event again, and lead back to the list or to the job that was looked at."""
    job = request.query_params.get("job", "")
    await decks(request).webhooks.redeliver(request.path_params["delivery_id"])
    back = f"/console/jobs/{job}" if _is_uuid(job) else "/console/webhooks"
    return RedirectResponse(f"{root(request)}{back}", 303)


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
