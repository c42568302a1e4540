"""The costs of a span of days. Days that are over are summed once, and read from their sums then."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from deckgen.domain.console import LISTED_COSTS, Costs, DayPaid, NamedPaid, Paid
from deckgen.store.finding import plan_anew
from deckgen.store.pool import Pool
from deckgen.store.queries import queries

SETTLED = timedelta(hours=1)  # no transaction that books a call takes as long
COPIED = tuple(Paid.model_fields)


def last_settled(now: datetime) -> date:
    """Returns the last day that gets no more calls."""
    return (now - SETTLED).astimezone(UTC).date() - timedelta(days=1)


async def sum_days(pool: Pool, service: Pool, tenant: str, first: date, last: date) -> None:
    """Sum those of the days that are over and are not summed; `service` writes what `pool` reads."""
    last = min(last, last_settled(datetime.now(UTC)))
    if last < first or not await queries().unsummed_days(pool, first=first, last=last):
        return
    async with service.acquire() as connection:
        await queries().lock_costs(connection, tenant=tenant)
        await queries().sum_days(connection, tenant=tenant, first=first, last=last)


async def of_span(pool: Pool, first: date, last: date) -> Costs:
    """Returns what the caller sees of the costs of these days, both included."""
    async with pool.acquire() as connection:
        await plan_anew(connection)
        found = queries().costs_of_span(connection, first=first, last=last, limit=LISTED_COSTS)
        rows = [row async for row in found]
    days = {date.fromisoformat(row["name"]): _paid(row) for row in _of(rows, "day")}
    users, models = _of(rows, "user"), _of(rows, "model")
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return Costs(
        first=first,
        last=last,
        total=Paid(**next((_paid(row) for row in _of(rows, "all") if row["calls"]), {})),
        by_day=[DayPaid(day=day, **days.get(day, {})) for day in span],
        by_user=[NamedPaid(name=row["name"], **_paid(row)) for row in users],
        users=users[0]["groups"] if users else 0,
        by_model=[NamedPaid(name=row["name"], **_paid(row)) for row in models],
        models=models[0]["groups"] if models else 0,
    )


def _of(rows: list[Any], which: str) -> list[Any]:
    return [row for row in rows if row["which"] == which]


def _paid(row: Any) -> dict[str, Any]:
    return {name: row[name] for name in COPIED}
