"""What was paid for calls to models."""

from datetime import UTC, date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.web.state import state

DEFAULT_DAYS = 30
MAX_DAYS = 366


async def usage(request: Request) -> Response:
    """Tokens and costs by day (UTC), user and model: `?from=2026-01-01&to=2026-01-31&userId=u`.

    Without dates the last 30 days, without a userId all users. It counts what jobs have paid, also of
    jobs and decks that are gone.
    """
    today = datetime.now(UTC).date()
    last = _date(request, "to", today)
    first = _date(request, "from", last - timedelta(days=DEFAULT_DAYS - 1))
    if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS):
        raise InvalidRequest.of(FieldError("from", f"must lie before `to`, by {MAX_DAYS} days at most"))
    found = await state(request).decks.get_account(first, last, request.query_params.get("userId"))
    return JSONResponse(found.to_json(), headers={"Cache-Control": "no-store"})


def _date(request: Request, name: str, otherwise: date) -> date:
    value = request.query_params.get(name)
    try:
        return date.fromisoformat(value) if value else otherwise
    except ValueError:
        raise InvalidRequest.of(FieldError(name, "must be a date such as 2026-01-31")) from None
