"""Since when PostgreSQL has answered without a break."""

import pytest

from deckgen.worker import answering as module
from deckgen.worker.answering import Answering

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


async def ask(answering: Answering, clock: Clock, *, takes: float, fails: bool = False) -> None:
    """A statement that takes so many seconds."""

    async def statement() -> None:
        clock.now += takes
        if fails:
            raise ConnectionResetError

    if not fails:
        await answering.asked(statement)
        return
    with pytest.raises(ConnectionResetError):
        await answering.asked(statement)


async def test_no_break(clock: Clock) -> None:
    """Statements that take their time, but not too long, are no break."""
    answering = Answering(PATIENCE)
    for _ in range(3):
        await ask(answering, clock, takes=PATIENCE)
    assert answering.seconds_since_break is None


async def test_a_statement_that_stalls(clock: Clock) -> None:
    """A break ends with the answer that took too long."""
    answering = Answering(PATIENCE)
    await ask(answering, clock, takes=PATIENCE + 1)
    await ask(answering, clock, takes=1)
    assert answering.seconds_since_break == 1


async def test_statements_that_fail(clock: Clock) -> None:
    """A break lasts until a statement is answered again, not until it last failed."""
    answering = Answering(PATIENCE)
    await ask(answering, clock, takes=0, fails=True)
    await ask(answering, clock, takes=30, fails=True)
    assert answering.seconds_since_break == 0
    await ask(answering, clock, takes=0)
    clock.now += 5
    assert answering.seconds_since_break == 5
