"""A table travels to the orchestrator once, although several steps of a job read it."""

import gzip
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deckgen.config.settings import Settings
from deckgen.domain.jobs import JobStatus
from deckgen.orchestrator.app import create_app
from deckgen.orchestrator.held_files import HeldFiles
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import datasets
from deckgen.worker.orchestrator_client import OrchestratorClient
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.work import attempt

TABLE = "region,sales\nNorth,10\nSouth,20\nEast,5\n"
CONTENT = TABLE.encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


class Wire:
    """Counts the calls that bring a table along, by their paths."""

    def __init__(self, app: ASGIApp, *, held: bool = True) -> None:
        self.app, self.held = app, held
        self.with_table: list[str] = []
        self.without: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or "/steps/" not in scope["path"]:
            return await self.app(scope, receive, send)
        if not self.held and scope["path"].startswith("/held/"):
            scope = {**scope, "path": "/no-such-path"}  # an orchestrator of before
        brings = False

        async def watched() -> Message:
            nonlocal brings
            message = await receive()
            brings = brings or b'name="dataset"' in message.get("body", b"")
            return message

        await self.app(scope, watched, send)
        (self.with_table if brings else self.without).append(scope["path"])
        return None


@asynccontextmanager
async def orchestrator(settings: Settings, runtime: Runtime, **how: bool) -> AsyncIterator[Wire]:
    """A real one, which the worker calls instead of the stand-in."""
    wire = Wire(create_app(settings), **how)
    async with serving(wire) as address:
        former = runtime.orchestrator
        runtime.orchestrator = OrchestratorClient(address, timeout=PATIENCE_SECONDS, connections=4)
        yield wire
        await runtime.orchestrator.close()
        runtime.orchestrator = former


async def completed(decks: AsyncOrchestrator, runtime: Runtime, deck: str) -> None:
    submitted = await decks.enqueue_presentation_generation(
        deck, "u", {"businessContext": "How are sales?"}, TABLE
    )
    job = await attempt(runtime, decks, submitted.job_id)
    assert job.status is JobStatus.COMPLETED, job.error


async def test_a_table_travels_once(
    settings: Settings, decks: AsyncOrchestrator, runtime: Runtime
) -> None:
    """The first step brings it, the others name it; nor does another job about it bring it again."""
    async with orchestrator(settings, runtime) as wire:
        await completed(decks, runtime, "d")
        assert wire.with_table == ["/steps/profile"]
        await completed(decks, runtime, "e")
        assert wire.with_table == ["/steps/profile"]


async def test_an_orchestrator_that_holds_nothing_gets_it_again(
    settings: Settings, decks: AsyncOrchestrator, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a restart, or at another one behind the same address, the file comes along."""
    async with orchestrator(settings, runtime) as wire:
        monkeypatch.setattr(HeldFiles, "holds", lambda files, sha256: sha256 == SHA256)
        monkeypatch.setattr(HeldFiles, "keep", lambda files, path, sha256: None)
        await completed(decks, runtime, "d")
    assert wire.with_table == ["/steps/profile", "/steps/facts", "/steps/assemble"]
    assert "/held/steps/facts" in wire.without


@pytest.mark.contract
async def test_an_orchestrator_of_before_gets_it_each_time(
    settings: Settings, decks: AsyncOrchestrator, runtime: Runtime
) -> None:
    """One that has no path for held tables is asked in the way that it knows."""
    async with orchestrator(settings, runtime, held=False) as wire:
        await completed(decks, runtime, "d")
    assert wire.with_table == ["/steps/profile", "/steps/facts", "/steps/assemble"]


async def test_a_table_is_loaded_for_the_call_that_brings_it(
    settings: Settings, decks: AsyncOrchestrator, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL is asked for its bytes once a job at most, and not at all where the table is held."""
    loads = []

    async def counted(database: OwnDatabase, sha256: str) -> bytes:
        loads.append(sha256)
        return gzip.compress(CONTENT)

    monkeypatch.setattr(datasets, "load_gzip", counted)
    async with orchestrator(settings, runtime):
        await completed(decks, runtime, "d")
        await completed(decks, runtime, "e")
    assert loads == [SHA256]


def test_what_is_held_is_bounded(tmp_path: Path) -> None:
    """What was not used for the longest time goes first; a reader keeps it, and the lock stays."""
    folder, files = tmp_path / "held", {}
    folder.mkdir()
    lock = folder / "lock"
    lock.write_bytes(CONTENT)
    held = HeldFiles(folder, max_bytes=2 * len(CONTENT))
    for number in range(3):
        file = tmp_path / f"{number}"
        file.write_bytes(CONTENT[:-1] + str(number).encode())
        files[number] = hashlib.sha256(file.read_bytes()).hexdigest()
    held.keep(tmp_path / "0", files[0])
    held.keep(tmp_path / "1", files[1])
    with held.opened(files[0]) as read:
        held.keep(tmp_path / "2", files[2])
        with held.opened(files[1]) as gone:
            assert gone is None
        assert read is not None
        assert read.read_bytes().endswith(b"0")
    assert [held.holds(files[number]) for number in range(3)] == [True, False, True]
    assert lock.exists()


def test_nothing_is_held_under_another_name(tmp_path: Path) -> None:
    """A file whose content has another hash than the one that was told is not taken for it."""
    file = tmp_path / "table"
    file.write_bytes(CONTENT)
    held = HeldFiles(tmp_path)
    held.keep(file, "0" * 64)
    assert not held.holds("0" * 64)
    assert not held.holds("../table")
