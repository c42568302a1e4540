"""The endpoint of the account: what was paid for calls to models."""

import re
from datetime import UTC, date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deckgen.domain.documents import ID_PATTERN
from deckgen.domain.errors import FieldError, InvalidRequest
from deckgen.domain.requests import PATTERNS
from deckgen.web.documents import PRIVATE
from deckgen.web.state import decks

DEFAULT_DAYS = 30
MAX_DAYS = 366
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


async def usage(request: Request) -> Response:
    """Get tokens and costs by day (UTC), user and model: `?from=2026-01-01&to=2026-01-31&userId=u`.

    Without dates the answer covers the last 30 days, without a userId all users. Jobs and decks that no
    longer exist are included.
    """
    today = datetime.now(UTC).date()
    last = _date(request, "to", today)
    first = _date(request, "from", last - timedelta(days=DEFAULT_DAYS - 1))
    if not timedelta(0) <= last - first <= timedelta(days=MAX_DAYS):
        raise InvalidRequest.of(FieldError("from", f"must lie at most {MAX_DAYS} days before `to`"))
    user_id = request.query_params.get("userId")
    if user_id is not None and not re.fullmatch(ID_PATTERN, user_id):
        raise InvalidRequest.of(FieldError("userId", PATTERNS[ID_PATTERN]))
    account = await decks(request).get_account(first, last, user_id)
    return JSONResponse(account.to_json(), headers=PRIVATE)


def _date(request: Request, name: str, default: date) -> date:
    value = request.query_params.get(name)
    try:
        day = date.fromisoformat(value) if value else default
    except ValueError:
        day = date.min
    if day < EARLIEST or day > LATEST:
        raise InvalidRequest.of(FieldError(name, "must be a date such as 2026-01-31"))
    return day
