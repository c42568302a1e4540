"""Costs of a span of days: by day, user and model; days that are over are summed once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from deckgen.domain.access import Caller
from deckgen.domain.console import Costs
from deckgen.domain.errors import InvalidRequest, NotAllowed
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import costs
from tests.databases import OwnDatabase
from tests.found_jobs import submit

CALL = """
INSERT INTO model_calls (tenant_id, job_id, key, deck_id, user_id, step, part, model, tokens_in,
                         tokens_cached, tokens_out, cost, seconds, called_at)
SELECT tenant_id, id, gen_random_uuid()::text, deck_id, user_id, 'slide', '', $2, 10, 1, 5, $3, 1,
       now() - make_interval(days => $4) FROM jobs WHERE id = $1
"""
SUMMED = "SELECT day, user_id::text, calls FROM costs_of_days ORDER BY day, user_id"


async def pay(
    database: OwnDatabase, job_id: str, *, days: int = 0, cost: float | None = 2.0, model: str = "m"
) -> None:
    await database.execute(CALL, UUID(job_id), model, cost, days)


@pytest.fixture
async def paid(decks: AsyncOrchestrator, database: OwnDatabase) -> list[str]:
    """Jobs of two users, with calls of today, a few days ago and long ago."""
    ids = [await submit(decks, "a", user="ann"), await submit(decks, "b", user="bob")]
    for days in (0, 3, 3, 20, 200):
        await pay(database, ids[0], days=days)
    await pay(database, ids[1], days=3, cost=7.0, model="large")
    await pay(database, ids[1], days=0, cost=None, model="large")
    return ids


def by_name(told: Costs) -> tuple[dict[str, float], dict[str, float]]:
    return (
        {each.name: each.cost for each in told.by_user},
        {each.name: each.cost for each in told.by_model},
    )


@pytest.mark.usefixtures("paid")
async def test_a_span(decks: AsyncOrchestrator) -> None:
    """Each day of it has its sum, also one without calls; users and models come by what they cost."""
    told = await decks.console.costs({"days": 7})
    assert (told.total.calls, told.total.cost, told.total.unpriced) == (5, 13.0, 1)
    assert (told.total.tokens_in, told.total.tokens_cached, told.total.tokens_out) == (50, 5, 25)
    assert [day.cost for day in told.by_day] == [0, 0, 0, 11.0, 0, 0, 2.0]
    assert by_name(told) == ({"bob": 7.0, "ann": 6.0}, {"large": 7.0, "m": 6.0})
    assert (told.users, told.models) == (2, 2)
    longer = await decks.console.costs({"days": 30})
    assert longer.total.cost == 15.0


@pytest.mark.usefixtures("paid")
async def test_days_are_summed_once(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """The second time the sums are read, and the calls of the day that goes on; both say the same."""
    first = await decks.console.costs({"days": 30})
    summed = await database.fetch(SUMMED)
    assert [(row["user_id"], row["calls"]) for row in summed] == [("ann", 1), ("ann", 2), ("bob", 1)]
    assert await decks.console.costs({"days": 30}) == first
    assert await database.fetch(SUMMED) == summed
    assert (await decks.console.costs({"days": 366})).total.cost == first.total.cost + 2.0


async def test_what_is_paid_after_the_sums(
    decks: AsyncOrchestrator, database: OwnDatabase, paid: list[str]
) -> None:
    """A call of today is there at once."""
    before = await decks.console.costs()
    await pay(database, paid[0], cost=1.5)
    assert (await decks.console.costs()).total.cost == before.total.cost + 1.5


async def test_names_that_are_deleted(
    decks: AsyncOrchestrator, database: OwnDatabase, paid: list[str]
) -> None:
    """The sums forget a deleted user as the calls do, and what was paid stays."""
    before = await decks.console.costs({"days": 30})
    await decks.deletions.user("bob")
    assert not [row for row in await database.fetch(SUMMED) if row["user_id"] == "bob"]
    after = await decks.console.costs({"days": 30})
    assert by_name(after)[0] == {"deleted": 7.0, "ann": 8.0}
    assert after.total == before.total


@pytest.mark.usefixtures("paid")
async def test_whose_costs_they_are(decks: AsyncOrchestrator) -> None:
    """Another tenant sees none, and who is bound to a user, or asks for one, sees that user's."""
    assert (await decks.of("acme").console.costs()).total.calls == 0
    ann = decks.acting_for(Caller(user_id="ann", name="key:ann"))
    told = await ann.console.costs({"days": 7})
    assert by_name(told)[0] == {"ann": 6.0}
    assert await decks.console.costs({"days": 7, "user": "ann"}) == told
    with pytest.raises(NotAllowed):
        await ann.console.costs({"user": "bob"})


@pytest.mark.parametrize("query", [{"days": 0}, {"days": 367}, {"user": "a b"}, {"weeks": 1}], ids=str)
async def test_a_span_that_is_none(decks: AsyncOrchestrator, query: dict[str, object]) -> None:
    """A span has 1 to 366 days."""
    with pytest.raises(InvalidRequest):
        await decks.console.costs(query)


def test_a_day_that_is_over() -> None:
    """It gets no more calls an hour after midnight, when no transaction of it can still be open."""
    midnight = datetime(2026, 3, 2, tzinfo=UTC)
    for minutes, day in ((-1, 28), (59, 28), (60, 1), (120, 1)):
        assert costs.last_settled(midnight + timedelta(minutes=minutes)).day == day
