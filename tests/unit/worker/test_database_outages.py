"""Since when PostgreSQL has answered without a break."""

import pytest

from deckgen.worker import database_outages as module
from deckgen.worker.database_outages import DatabaseOutages

PATIENCE = 2.0


class Clock:
    """Stands until a call takes its time."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


async def ask(outages: DatabaseOutages, clock: Clock, *, takes: float, fails: bool = False) -> None:
    """A statement that takes so many seconds."""

    async def statement() -> None:
        clock.now += takes
        if fails:
            raise ConnectionResetError

    if not fails:
        await outages.watch(statement)
        return
    with pytest.raises(ConnectionResetError):
        await outages.watch(statement)


async def test_no_break(clock: Clock) -> None:
    """Statements that take their time, but not too long, are no break."""
    outages = DatabaseOutages(PATIENCE)
    for _ in range(3):
        await ask(outages, clock, takes=PATIENCE)
    assert outages.seconds_since_break is None


async def test_a_statement_that_stalls(clock: Clock) -> None:
    """A break ends with the answer that took too long."""
    outages = DatabaseOutages(PATIENCE)
    await ask(outages, clock, takes=PATIENCE + 1)
    await ask(outages, clock, takes=1)
    assert outages.seconds_since_break == 1


async def test_statements_that_fail(clock: Clock) -> None:
    """A break lasts until a statement is answered again, not until it last failed."""
    outages = DatabaseOutages(PATIENCE)
    await ask(outages, clock, takes=0, fails=True)
    await ask(outages, clock, takes=30, fails=True)
    assert outages.seconds_since_break == 0
    await ask(outages, clock, takes=0)
    clock.now += 5
    assert outages.seconds_since_break == 5
