"""What calls to models cost: by day, user and model."""

from starlette.requests import Request
from starlette.responses import Response

from deckgen.domain.documents import is_id
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.pages.console import charts
from deckgen.pages.console.frame import console_page
from deckgen.web.state import decks

SPANS = ("7", "30", "90")


async def show(request: Request) -> Response:
    """Show the costs of the last 7, 30 or 90 days, of all or of one user."""
    days, user = request.query_params.get("days", "30"), request.query_params.get("user", "").strip()
    if days not in SPANS:
        raise InvalidRequest.of(FieldError("days", f"must be one of {', '.join(SPANS)}"))
    if user and not is_id(user):
        raise InvalidRequest.of(FieldError("user", "must be an id"))
    costs = await decks(request).console.costs({"days": int(days)} | ({"user": user} if user else {}))
    bars = charts.bars([day.cost for day in costs.by_day])
    return console_page(
        request,
        "costs.html",
        "costs",
        costs=costs,
        days=days,
        spans=SPANS,
        user=user,
        bars=list(zip(costs.by_day, bars, strict=True)),
    )
