"""What a completed job warns of, from its deck to the API, its events and its webhook."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.domain.steps import Step
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.worker.jobs.deliver_webhook import run_delivery
from deckgen.worker.jobs.purge import run_purge
from deckgen.worker.runtime import Runtime
from tests.clients import patient
from tests.ended_jobs import BRIEF, CSV
from tests.receiver import Receiver
from tests.serving import serving
from tests.stand_in import StandIn, problem, told_as
from tests.work import work

ANSWERED = {"question": "How are sales?", "end": "answered"}
OPEN = [
    {"question": "Who left?", "end": "table_lacks", "reason": "the table lacks anything called “left”"},
    {"question": "And why?", "end": "not_done", "reason": "deckgen finds no causes"},
    {"question": "Who leads?", "end": "answered_in_part", "reason": "one month has no rows"},
]
SOURCE = {"warnings": ["One line at the end was left out."]}


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    async with serving(app) as url, patient(url) as client:
        yield client


async def ended(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, deck: Any, **request: Any
) -> str:
    """A job that made this deck."""
    stand_in.answers[Step.ASSEMBLE] = [told_as(deck)]
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV, **request)
    await work(runtime, one.job_id)
    return one.job_id


async def test_each_open_question_and_the_table(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, api: httpx.AsyncClient
) -> None:
    """The job has a warning for each question that is not answered, and those of the table."""
    deck = {"questions": [ANSWERED, *OPEN], "source": SOURCE}
    job_id = await ended(decks, runtime, stand_in, deck)
    expected = [
        {
            "code": "question_table_lacks",
            "message": "“Who left?” is not answered: the table lacks anything called “left”.",
        },
        {
            "code": "question_not_done",
            "message": "“And why?” is not answered: deckgen finds no causes.",
        },
        {
            "code": "question_answered_in_part",
            "message": "“Who leads?” is answered in part: one month has no rows.",
        },
        {"code": "table_warning", "message": "One line at the end was left out."},
    ]
    assert (await api.get(f"/api/ai/jobs/{job_id}")).json()["warnings"] == expected
    last = (await decks.events_after(job_id, 0))[-1]
    assert (last.kind, last.data["warnings"]) == ("job.completed", expected)


@pytest.mark.parametrize(
    "deck", [{"questions": [ANSWERED], "source": {"warnings": []}}, {"source": None}, {"made": "x"}]
)
async def test_nothing_to_warn_of(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, api: httpx.AsyncClient, deck: Any
) -> None:
    """The list is empty if each question is answered, without a table, and of a former deck."""
    job_id = await ended(decks, runtime, stand_in, deck)
    assert (await api.get(f"/api/ai/jobs/{job_id}")).json()["warnings"] == []
    assert (await decks.events_after(job_id, 0))[-1].data == {}


async def test_only_an_end_has_warnings(
    decks: AsyncOrchestrator, runtime: Runtime, stand_in: StandIn, api: httpx.AsyncClient
) -> None:
    """A job that failed has an error, and no warnings."""
    stand_in.answers[Step.ASSEMBLE] = [problem(422, "broken", retryable=False)]
    one = await decks.enqueue_presentation_generation("d", "u", BRIEF, CSV)
    await work(runtime, one.job_id)
    job = (await api.get(f"/api/ai/jobs/{one.job_id}")).json()
    assert (job["error"]["code"], job["warnings"]) == ("broken", [])


async def test_a_webhook_is_told_none(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    stand_in: StandIn,
    receiver: Receiver,
    webhook_url: str,
) -> None:
    """Warnings quote the brief and the table, and a webhook says nothing of the data."""
    job_id = await ended(decks, runtime, stand_in, {"questions": OPEN}, webhook_url=webhook_url)
    last = (await decks.events_after(job_id, 0))[-1]
    assert last.data["warnings"]
    await run_delivery(runtime, job_id, last.number)
    (body,) = receiver.bodies
    assert "Who left?" not in json.dumps(body)


async def test_they_go_with_the_brief(
    decks: AsyncOrchestrator,
    runtime: Runtime,
    stand_in: StandIn,
    settings: Settings,
    api: httpx.AsyncClient,
) -> None:
    """A purged job keeps its end, and what a model wrote, but no words of its questions."""
    deck = {"questions": OPEN, "slides": [{"id": "s1", "made": {"engine": "model"}}]}
    job_id = await ended(decks, runtime, stand_in, deck)
    runtime.settings = settings.model_copy(update={"retain_completed": 0})
    await run_purge(runtime)
    job = (await api.get(f"/api/ai/jobs/{job_id}")).json()
    assert job["purgedAt"]
    assert (job["warnings"], job["model"]["written"]) == ([], 1)
    (end,) = await decks.events_after(job_id, 0)
    assert end.data.keys() == {"model"}
