"""Calls that are paid for go on when their job does not; before that they end with it."""

import asyncio

import pytest

from deckgen.worker.paying import Paying


@pytest.mark.parametrize("is_sent", [True, False])
async def test_only_what_was_sent_outlives_its_job(is_sent: bool) -> None:
    """A call that was not sent yet costs nothing, and is never sent."""
    begun, go_on, sent = asyncio.Event(), asyncio.Event(), asyncio.Event()
    ended = []

    async def work() -> None:
        if is_sent:
            sent.set()
        begun.set()
        await go_on.wait()
        ended.append("work")

    paying = Paying()
    job = asyncio.create_task(paying.see_through(work(), sent))
    await begun.wait()
    (call,) = paying.tasks
    job.cancel()
    await asyncio.wait([job])
    go_on.set()
    await asyncio.wait([call])
    assert job.cancelled()
    assert (ended, call.cancelled()) == ((["work"], False) if is_sent else ([], True))
    assert not paying.tasks


async def test_an_error_is_the_jobs() -> None:
    """What goes wrong with a call is told to the job that waits for it."""

    async def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await Paying().see_through(work(), asyncio.Event())
