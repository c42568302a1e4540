"""A trace goes from the request to the provider of the model, and to OpenTelemetry if that is set."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.observability import tracing
from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.runtime import Runtime
from tests.collector import Collector, Told
from tests.model_provider import ask, providers
from tests.model_stack import BRIEF, model_stack
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving
from tests.stand_in import OFFLINE, StandIn
from tests.work import attempt

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE}-{SPAN}-01"
BODY = {"deckId": "deck-1", "userId": "user-1", "context": {"businessContext": "How are sales?"}}
SERVER, CLIENT, CONSUMER = 2, 3, 5


async def submitted(api: httpx.AsyncClient, traceparent: str | None) -> str:
    headers = {} if traceparent is None else {"traceparent": traceparent}
    answer = await api.post("/api/ai/generate-async", json=BODY, headers=headers)
    assert answer.status_code == 202, answer.text
    job_id: str = answer.json()["jobId"]
    return job_id


async def test_it_goes_through_the_queue(
    api: httpx.AsyncClient, runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """What the request says is kept with its job, and is sent with each step, by whichever process."""
    await attempt(runtime, decks, await submitted(api, TRACEPARENT))
    assert [call.traceparent for call in stand_in.calls] == [TRACEPARENT] * len(stand_in.calls)
    assert len(stand_in.calls) > 1
    assert tracing.current() is None


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "x",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
        f"00-{TRACE}-{SPAN}-01-more",
        f"00-{TRACE}-{SPAN}-01'; DROP TABLE jobs",
    ],
)
async def test_what_is_no_trace(
    api: httpx.AsyncClient,
    runtime: Runtime,
    decks: AsyncOrchestrator,
    stand_in: StandIn,
    given: str | None,
) -> None:
    """It is passed over, and the request is served."""
    await attempt(runtime, decks, await submitted(api, given))
    assert {call.traceparent for call in stand_in.calls} == {None}


async def test_jobs_have_their_own(
    api: httpx.AsyncClient, runtime: Runtime, decks: AsyncOrchestrator, stand_in: StandIn
) -> None:
    """One that comes after another, over the same connections, is not in that one's trace."""
    await submitted(api, TRACEPARENT)
    brief = {"businessContext": "How are sales?"}
    other = await decks.enqueue_presentation_generation("deck-2", "user-2", brief)
    await attempt(runtime, decks, other.job_id)
    assert {call.traceparent for call in stand_in.calls} == {None}


async def test_the_provider_is_told(settings: Settings) -> None:
    """With each call that is made for the request."""
    fake = FakeOpenAI()
    async with providers(settings, fake) as opened, opened() as provider:
        with tracing.continuing(TRACEPARENT):
            await ask(provider)
        await ask(provider)
    assert [entry.traceparent for entry in fake.ledger] == [TRACEPARENT, None]


async def test_opentelemetry(environment: dict[str, str], tmp_path: Path) -> None:
    """Three processes send the spans of one trace, each with its parent, and no word of any data."""
    collector, fake = Collector(), FakeOpenAI()
    async with serving(collector.app()) as address:
        variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": address, "OTEL_BSP_SCHEDULE_DELAY": "50"}
        async with model_stack(environment, tmp_path, fake, **variables) as (_, api):
            api.http.headers["traceparent"] = TRACEPARENT
            job_id = await api.submit("deck-1")
            del api.http.headers["traceparent"]
            job = await api.ended(job_id)
            assert job["status"] == "completed", job["error"]
            spans = await collector.until(lambda spans: any(s.name == "job generate" for s in spans))
    assert collector.refused == []
    ours = [span for span in spans if span.trace == TRACE]
    by_id = {span.id: span for span in ours}
    (request,) = [span for span in ours if span.parent == SPAN]
    assert (request.service, request.name, request.kind) == (
        "deckgen-api",
        "POST /api/ai/generate-async",
        SERVER,
    )
    assert request.attributes["http.response.status_code"] == 202
    (job_span,) = [span for span in ours if span.name == "job generate"]
    assert (job_span.service, job_span.kind) == ("deckgen-worker", CONSUMER)
    assert job_span.parent == request.id
    assert job_span.attributes["deckgen.outcome"] == "completed"
    steps = [span for span in ours if span.name.startswith("step ")]
    assert {span.name for span in steps} >= {f"step {step}" for step in OFFLINE}
    assert {(span.service, span.kind, span.parent) for span in steps} == {
        ("deckgen-worker", CLIENT, job_span.id)
    }
    served = [span for span in ours if span.service == "deckgen-orchestrator" and span.kind == SERVER]
    assert len(served) >= len(steps)
    assert {by_id[span.parent].kind for span in served} == {CLIENT}
    assert_calls_are_seen(ours, fake)
    for secret in (BRIEF, fake.key, "newspaper"):
        assert secret.encode() not in collector.raw


def assert_calls_are_seen(spans: list[Told], fake: FakeOpenAI) -> None:
    """Each call to the model has a span, and the provider was told of that very one."""
    calls = [span for span in spans if span.name.startswith("chat ")]
    assert {f"00-{TRACE}-{span.id}-01" for span in calls} == {e.traceparent for e in fake.ledger}
    assert all(span.attributes["gen_ai.usage.input_tokens"] > 0 for span in calls)
    assert len(calls) > 1


async def test_a_collector_that_is_silent() -> None:
    """A process ends without its answer, which would come too late for whoever stops it."""
    code = (
        "import sys; from deckgen.observability import opentelemetry, tracing\n"
        "tracing.record_with(opentelemetry.OpenTelemetry(sys.argv[1], 'test'))\n"
        "with tracing.span('work'): pass"
    )
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_TIMEOUT": str(10 * PATIENCE_SECONDS)}
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1/traces"
        ended = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-c", code, url],
            env=environment,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    assert ended.returncode == 0


async def test_a_collector_that_is_away(environment: dict[str, str], tmp_path: Path) -> None:
    """Decks are made all the same, and the processes end in time."""
    variables = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    async with model_stack(environment, tmp_path, FakeOpenAI(), **variables) as (stack, api):
        await api.completed("deck-1")
    logs = [stack.log(name).read_text() for name in ("api", "worker", "orchestrator")]
    assert not any("Traceback" in log for log in logs), logs
