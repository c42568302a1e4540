"""Processes that die while a model writes a deck: every call that was answered is paid for once."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from deckgen.dev.fake_openai import SOUND, FakeOpenAI
from deckgen.dev.stack import Stack
from deckgen.domain.job_kinds.generate import PERCENT
from deckgen.domain.steps import Step
from tests.model_stack import Api, failed_checks, model_stack, written
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled

pytestmark = pytest.mark.faults
LATENCY = 0.3
SIGNALS = [signal.SIGKILL, signal.SIGTERM]


@pytest.fixture(scope="module")
async def running(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[FakeOpenAI, Stack, Api]]:
    fake = FakeOpenAI(latency=LATENCY)
    folder = tmp_path_factory.mktemp("dying")
    async with model_stack(module_environment, folder, fake, MAX_ATTEMPTS="20") as (stack, api):
        yield fake, stack, api


@pytest.fixture
def fake(running: tuple[FakeOpenAI, Stack, Api]) -> FakeOpenAI:
    fake = running[0]
    fake.ledger.clear()
    fake.script = []
    return fake


@pytest.fixture
def stack(running: tuple[FakeOpenAI, Stack, Api]) -> Stack:
    return running[1]


@pytest.fixture
def api(running: tuple[FakeOpenAI, Stack, Api]) -> Api:
    return running[2]


@pytest.mark.parametrize("signum", SIGNALS, ids=lambda one: one.name)
async def test_a_worker_ends_after_every_step(
    fake: FakeOpenAI, stack: Stack, api: Api, signum: signal.Signals
) -> None:
    """Ended each time that a step is saved, the job completes all the same; no call is made twice."""
    deck_id = f"boundary-{signum.name}"
    job_id = await api.submit(deck_id)
    ended: set[str] = set()

    async def end_worker(event: dict[str, Any]) -> None:
        step = event["data"].get("step")
        if step is not None and step not in ended:
            ended.add(step)
            await restart(stack, "worker", signum)

    await asyncio.gather(follow(api, job_id, end_worker), api.ended(job_id))
    assert ended >= set(PERCENT) - {Step.FINISH}
    await assert_paid_once(fake, api, job_id, deck_id)


@pytest.mark.parametrize("signum", sampled(SIGNALS, signal.SIGKILL), ids=lambda one: one.name)
async def test_a_worker_ends_in_the_middle_of_each_kind_of_call(
    fake: FakeOpenAI, stack: Stack, api: Api, signum: signal.Signals
) -> None:
    """Ended while the storyline, the slides and a repair are asked for, it costs no call a second time:
    the orchestrator finishes each, and gives its answer to whoever asks next.
    """
    deck_id = f"middle-{signum.name}"
    slides = len(written(await api.completed(f"{deck_id}-whole")))
    fake.ledger.clear()
    fake.script = [SOUND, "wrong_shape"]
    job_id = await api.submit(deck_id)
    for entries in (0, 1, 1 + slides):
        await asyncio.wait_for(fake.until(entries, in_flight=1), PATIENCE_SECONDS)
        await restart(stack, "worker", signum)
    await api.ended(job_id)
    assert Counter(kind_of(entry.client_request_id) for entry in fake.ledger) == {
        "storyline": 1,
        "slide": slides,
        "repair": 1,
    }
    await assert_paid_once(fake, api, job_id, deck_id)


@pytest.mark.sample
@pytest.mark.parametrize("entries", [0, 1], ids=["storyline", "slides"])
async def test_a_call_in_flight_of_a_dead_worker_is_in_the_account(
    fake: FakeOpenAI, stack: Stack, api: Api, entries: int
) -> None:
    """Killed in the middle of its calls, with the job cancelled before another worker has it: nobody
    asks for their answers, and they are paid for all the same.
    """
    job_id = await api.submit(f"orphans-{entries}")
    await asyncio.wait_for(fake.until(entries, in_flight=1), PATIENCE_SECONDS)
    await end(stack, "worker", signal.SIGKILL)
    await api.cancel(job_id)
    stack.start_one("worker")
    await assert_counted(fake, api, job_id, entries)


@pytest.mark.sample
async def test_a_call_in_flight_of_a_cancelled_job_is_in_the_account(
    fake: FakeOpenAI, api: Api
) -> None:
    """The provider bills it, although the worker turns to something else at once."""
    job_id = await api.submit("cancelled")
    await asyncio.wait_for(fake.until(1, in_flight=1), PATIENCE_SECONDS)
    await api.cancel(job_id)
    await assert_counted(fake, api, job_id, 1)


@pytest.mark.sample
async def test_the_orchestrator_is_killed_in_the_middle_of_calls(
    fake: FakeOpenAI, stack: Stack, api: Api
) -> None:
    """The calls in flight are made again, once, and no other; the job completes."""
    deck_id = "orchestrator"
    job_id = await api.submit(deck_id)
    await asyncio.wait_for(fake.until(0, in_flight=1), PATIENCE_SECONDS)
    await restart(stack, "orchestrator", signal.SIGKILL)
    job = await api.ended(job_id)
    assert job["status"] == "completed", job["error"]
    times = Counter(entry.client_request_id for entry in fake.ledger)
    assert {kind_of(name) for name, count in times.items() if count > 1} <= {"storyline"}
    assert max(times.values()) <= 2
    assert failed_checks(await api.deck(deck_id)) == []


async def assert_paid_once(fake: FakeOpenAI, api: Api, job_id: str, deck_id: str) -> None:
    """The deck is whole, and ledger, job and deck agree on every call, to the token."""
    job = await api.ended(job_id)
    assert job["status"] == "completed", job["error"]
    times = Counter(entry.client_request_id for entry in fake.ledger)
    assert set(times.values()) == {1}, times
    deck = await api.deck(deck_id)
    for usage in (job["usage"], deck["usage"]):
        assert usage["calls"] == len(fake.ledger)
        assert usage["tokensIn"] == sum(entry.prompt_tokens for entry in fake.ledger)
        assert usage["tokensOut"] == sum(entry.completion_tokens for entry in fake.ledger)
    assert [slide["made"]["engine"] for slide in written(deck)] == ["model"] * len(written(deck))
    assert failed_checks(deck) == []


async def assert_counted(fake: FakeOpenAI, api: Api, job_id: str, entries: int) -> None:
    """In the end the job's account is the ledger, to the token, which has more than so many entries."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            usage = (await api.job(job_id))["usage"]
            if not fake.in_flight and usage["calls"] >= len(fake.ledger) > entries:
                break
            await asyncio.sleep(0.05)
    assert usage["calls"] == len(fake.ledger)
    assert usage["tokensIn"] == sum(entry.prompt_tokens for entry in fake.ledger)
    assert usage["tokensOut"] == sum(entry.completion_tokens for entry in fake.ledger)


def kind_of(call_id: str | None) -> str:
    """The step of a call: its id is JOB:STEP.PART:HASH."""
    return (call_id or "").split(":")[1].partition(".")[0]


async def end(stack: Stack, name: str, signum: signal.Signals) -> None:
    """End a process, and wait until it is gone."""
    process = stack.processes[name]
    process.send_signal(signum)
    await asyncio.to_thread(process.wait)


async def restart(stack: Stack, name: str, signum: signal.Signals) -> None:
    """End a process, and start it again once it is gone."""
    await end(stack, name, signum)
    stack.start_one(name)


async def follow(api: Api, job_id: str, on_event: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """Tell every event of a job, to its end."""
    async with api.http.stream(
        "GET", f"/api/ai/jobs/{job_id}/events", timeout=PATIENCE_SECONDS
    ) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                await on_event(json.loads(line.removeprefix("data: ")))
