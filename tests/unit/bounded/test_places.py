"""Who runs, who waits for a process, and who is sent away."""

import asyncio
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import forkserver
from pathlib import Path

import pytest

from deckgen.domain.errors import DeckgenError, RetryableError
from tests.unit.bounded.test_children import SHORT, Started, await_pid


async def test_so_many_at_a_time_and_no_more(tmp_path: Path) -> None:
    """A call beyond the number waits until another one is over."""
    children = Started(tmp_path, SHORT, processes=1)
    held = asyncio.create_task(children.run(partial(children.call, "wait", tmp_path / "one")))
    await asyncio.to_thread(await_pid, tmp_path / "one")
    waits = asyncio.create_task(children.run(partial(children.call, "answer", b"then")))
    with pytest.raises(DeckgenError):
        await held
    assert await waits == b"then"
    children.close()


def test_one_start_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sets in one process never start children at the same moment."""
    sets = [Started(tmp_path / name) for name in ("one", "two")]
    ensure, inside = forkserver.ensure_running, threading.Semaphore(1)

    def alone() -> None:
        assert inside.acquire(blocking=False)
        ensure()
        time.sleep(0.05)  # for whoever else would come in
        inside.release()

    monkeypatch.setattr(forkserver, "ensure_running", alone)
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(one.call, "answer", b"it") for one in 2 * sets]
        assert [call.result() for call in calls] == [b"it"] * 4
    for one in sets:
        one.close()


async def test_a_call_that_waits_for_long(tmp_path: Path) -> None:
    """It is given back if no process is free for it in time, and is not begun afterwards."""
    children = Started(tmp_path, processes=1)
    held = asyncio.create_task(children.run(partial(children.call, "wait", tmp_path / "one")))
    await asyncio.to_thread(await_pid, tmp_path / "one")
    waits = children.run(partial(children.call, "wait", tmp_path / "two"), patience=0.01)
    with pytest.raises(RetryableError) as refused:
        await waits
    assert refused.value.code == "tables_busy"
    os.kill(await_pid(tmp_path / "one"), signal.SIGKILL)
    with pytest.raises(DeckgenError):
        await held
    assert await children.run(partial(children.call, "answer", b"next"), patience=60) == b"next"
    assert not (tmp_path / "two").exists()
    children.close()


async def test_a_call_that_waits_when_the_service_ends(tmp_path: Path) -> None:
    """It is told so, as one is that comes afterwards: another service can take it."""
    children = Started(tmp_path, processes=1)
    held = asyncio.create_task(children.run(partial(children.call, "wait", tmp_path / "one")))
    await asyncio.to_thread(await_pid, tmp_path / "one")
    waits = asyncio.create_task(children.run(partial(children.call, "answer", b"")))
    await asyncio.sleep(0)
    children.close()
    late = children.run(partial(children.call, "answer", b""))
    for call in (waits, late):
        with pytest.raises(RetryableError) as refused:
            await call
        assert refused.value.code == "service_stopping"
    with pytest.raises(DeckgenError):
        await held
