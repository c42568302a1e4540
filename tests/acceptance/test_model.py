"""Decks whose words a model writes: whatever it answers, each job completes, and its deck is proved."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from deckgen.dev.fake_openai import FAULTS, SOUND, FakeOpenAI
from deckgen.dev.fake_openai.faults import SILENCES
from deckgen.dev.stack import Stack
from tests.model_stack import Api, assert_sound_and_counted, failed_checks, model_stack, written
from tests.patience import PATIENCE_SECONDS
from tests.samples import sampled

RATE = 0.2
LOUD = [fault for fault in FAULTS if fault not in SILENCES]
# Of each kind of fault one, and those that would change what a deck says: also in `make test`.
SAMPLE = (
    "server_error",
    "truncation",
    "invented_numbers",
    "wrong_signs",
    "unknown_facts",
    "no_usage",
    "cut_body",
)


@pytest.fixture(scope="module")
async def running(
    module_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[FakeOpenAI, Stack, Api]]:
    """One for all tests: each makes decks of its own."""
    fake = FakeOpenAI(retry_after=0.1)
    folder = tmp_path_factory.mktemp("stack")
    async with model_stack(module_environment, folder, fake) as (stack, api):
        yield fake, stack, api


@pytest.fixture
def api(running: tuple[FakeOpenAI, Stack, Api]) -> Api:
    return running[2]


@pytest.fixture
def fake(running: tuple[FakeOpenAI, Stack, Api]) -> Iterator[FakeOpenAI]:
    """Without faults, and with an empty ledger."""
    fake = running[0]
    fake.ledger.clear()
    yield fake
    fake.faults, fake.script = {}, []


@pytest.fixture
def deck_id(request: pytest.FixtureRequest) -> str:
    name = "".join(char if char.isalnum() else "-" for char in request.node.name)
    return str(name)


async def test_a_model_writes_the_slides(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """One call for the storyline and one for each slide that is written; the deck passes all checks,
    and is verified.
    """
    deck = await api.completed(deck_id)
    assert [slide["made"]["engine"] for slide in written(deck)] == ["model"] * len(written(deck))
    assert {slide["made"]["model"] for slide in written(deck)} == {"gpt-4.1-mini"}
    assert {slide["made"]["promptVersion"] for slide in written(deck)} == {"v3"}
    assert len(fake.ledger) == 1 + len(written(deck))
    assert failed_checks(deck) == []
    assert (await api.verified(deck_id))["verified"]


async def test_the_account_is_the_ledger(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """Tokens of deck and job are those of the provider's ledger, to the token."""
    deck = await api.completed(deck_id)
    ledger = {
        "calls": len(fake.ledger),
        "tokensIn": sum(entry.prompt_tokens for entry in fake.ledger),
        "tokensCached": sum(entry.cached_tokens for entry in fake.ledger),
        "tokensOut": sum(entry.completion_tokens for entry in fake.ledger),
    }
    assert {name: deck["usage"][name] for name in ledger} == ledger
    job = (await api.http.get(f"/api/presentations/{deck_id}")).json()["jobId"]
    usage = (await api.http.get(f"/api/ai/jobs/{job}")).json()["usage"]
    assert {name: usage[name] for name in ledger} == ledger
    assert usage["cost"] > 0


async def test_same_answers_same_deck(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """The same inputs and the same answers give the same deck, but for what was cached."""
    first, second = await api.completed(f"{deck_id}1"), await api.completed(f"{deck_id}2")
    assert first | {"usage": None} == second | {"usage": None}


@pytest.mark.faults
@pytest.mark.parametrize("fault", sampled(LOUD, *SAMPLE))
async def test_a_fault_in_every_fifth_call(
    fake: FakeOpenAI, api: Api, deck_id: str, fault: str
) -> None:
    """The job completes, all checks hold, no number is unsupported, and what was paid is counted: to
    the token if the provider counts, else it is no less than in the provider's ledger.

    The storyline and a slide are hit for certain, the others by chance.
    """
    fake.script, fake.faults = [fault, SOUND, fault], {fault: RATE}
    await assert_sound_and_counted(fake, api, deck_id, fault)


@pytest.mark.parametrize("fault", ["invented_numbers", "wrong_shape", "refusal", "truncation"])
async def test_nothing_but_rubbish(fake: FakeOpenAI, api: Api, deck_id: str, fault: str) -> None:
    """A model that is of no use ends in the whole draft, with the reason on each slide; each slide was
    asked for twice.
    """
    fake.faults = {fault: 1.0}
    deck = await api.completed(deck_id)
    assert all(slide["made"]["fallback"] for slide in written(deck))
    assert all(slide["made"]["reason"] for slide in written(deck))
    assert len(fake.ledger) == 1 + 2 * len(written(deck))
    assert failed_checks(deck) == []
    page = (await api.http.get(f"/decks/{deck_id}")).text
    assert page.count("Draft kept:") == len(written(deck))


@pytest.mark.parametrize("fault", ["no_usage", "cut_body", "fractional_usage", "null_message"])
async def test_a_limit_of_tokens_holds(fake: FakeOpenAI, api: Api, deck_id: str, fault: str) -> None:
    """A provider that does not count, or does not answer, can't take more than maxTokens."""
    fake.faults = {fault: 1.0}
    limit = 9000
    deck = await api.completed(deck_id, maxTokens=limit)
    taken = sum(entry.prompt_tokens + entry.completion_tokens for entry in fake.ledger)
    assert 0 < taken <= deck["usage"]["tokensIn"] + deck["usage"]["tokensOut"] <= limit


@pytest.mark.parametrize("fault", ["wrong_key", "no_balance", "no_such_model", "too_large"])
async def test_what_no_time_heals_is_not_waited_for(
    fake: FakeOpenAI, api: Api, deck_id: str, fault: str
) -> None:
    """Also for a job that is to wait for the model: its deck is the draft, and the job says why."""
    fake.faults = {fault: 1.0}
    job = await api.ended(await api.submit(deck_id, onModelFailure="retry"))
    assert (job["status"], job["attempts"]) == ("completed", 1)
    slides = written(await api.deck(deck_id))
    (why,) = job["model"]["reasons"]
    assert (job["model"]["written"], job["model"]["kept"]) == (0, len(slides))
    assert why["slides"] == [slide["id"] for slide in slides]
    assert "(4" in why["reason"]
    assert len(fake.ledger) == 1


async def test_a_server_that_knows_no_schemas(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """It is asked for plain JSON from its first refusal on, and the deck is the model's as well."""
    fake.json_object_only = True
    try:
        deck = await api.completed(deck_id)
        assert all(slide["made"]["engine"] == "model" for slide in written(deck))
        assert [entry.status for entry in fake.ledger].count(500) == 1
    finally:
        fake.json_object_only = False


async def test_the_draft_can_be_read(
    fake: FakeOpenAI, api: Api, deck_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the model writes, the draft is there as JSON, as a page that says what it is and comes
    again, and as PowerPoint.
    """
    go_on = asyncio.Event()
    monkeypatch.setattr(fake, "_take_time", go_on.wait)
    try:
        job_id = await api.submit(deck_id)
        async with api.http.stream(
            "GET", f"/api/ai/jobs/{job_id}/events", timeout=PATIENCE_SECONDS
        ) as stream:
            async for line in stream.aiter_lines():
                if line == "event: draft.ready":
                    break
        found = (await api.http.get(f"/api/presentations/{deck_id}")).json()
        page = await api.http.get(f"/decks/{deck_id}")
        pptx = await api.http.get(f"/api/presentations/{deck_id}.pptx")
    finally:
        go_on.set()
    assert (found["status"], found["deck"]) == ("processing", None)
    assert failed_checks(found["draft"]) == []
    assert "This is a draft" in page.text
    assert page.headers["refresh"]
    assert pptx.content[:2] == b"PK"
    await api.ended(job_id)
    found = (await api.http.get(f"/api/presentations/{deck_id}")).json()
    assert found["draft"] is None
    assert "This is a draft" not in (await api.http.get(f"/decks/{deck_id}")).text


async def test_a_slide_is_revised(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """One call writes one slide anew; the deck is verified, and the former one is kept."""
    deck = await api.completed(deck_id)
    calls = len(fake.ledger)
    body = {"userId": "u", "instruction": "Plainer, please."}
    url = f"/api/presentations/{deck_id}/slides/s3/revise"
    answer = await api.http.post(url, json=body)
    assert answer.status_code == 202, answer.text
    job = await api.ended(answer.json()["jobId"])
    assert (job["status"], job["kind"]) == ("completed", "revise")
    assert len(fake.ledger) == calls + 1
    assert (await api.verified(deck_id))["verified"]
    versions = (await api.http.get(f"/api/presentations/{deck_id}/versions")).json()["versions"]
    assert [one["number"] for one in versions] == [1]
    former = (await api.http.get(f"/api/presentations/{deck_id}/versions/1")).json()
    assert former == deck


async def test_what_can_not_be_revised(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """A slide that no model words, or that there is not, is refused in words; the deck stays."""
    deck = await api.completed(deck_id)
    for slide, status, code in (("s1", 422, "slide_not_revisable"), ("s99", 404, "slide_not_found")):
        url = f"/api/presentations/{deck_id}/slides/{slide}/revise"
        answer = await api.http.post(url, json={"userId": "u", "instruction": "Shorter."})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await api.deck(deck_id) == deck


async def test_metrics(fake: FakeOpenAI, running: tuple[FakeOpenAI, Stack, Api], deck_id: str) -> None:
    """The orchestrator counts calls and tokens for Prometheus."""
    _, stack, api = running
    await api.completed(deck_id)
    text = (await api.http.get(f"{stack.environment['ORCHESTRATOR_URL']}/metrics")).text
    assert 'deckgen_model_tokens_total{kind="in",model="gpt-4.1-mini"}' in text
    assert "deckgen_model_circuit_open 0.0" in text


@pytest.mark.parametrize(
    "query",
    [
        "to=0001-01-05",
        "from=x",
        "userId=",
        "userId=%00",
        "from=2026-02-01&to=2026-01-01",
        "from=9999-12-31",
    ],
)
async def test_wrong_questions_about_the_account(api: Api, query: str) -> None:
    """Each is answered in words that name the parameter."""
    answer = await api.http.get(f"/api/ai/usage?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] in ("from", "to", "userId")


async def test_the_account_by_day(fake: FakeOpenAI, api: Api, deck_id: str) -> None:
    """Calls, tokens and costs of a user and model stand under the day."""
    await api.completed(deck_id, userId="accountant")
    (day,) = (await api.http.get("/api/ai/usage?userId=accountant")).json()["days"]
    assert day["calls"] == len(fake.ledger)
    assert day["tokensIn"] == sum(entry.prompt_tokens for entry in fake.ledger)
    assert day["cost"] > 0


async def test_versions_that_there_are_not(api: Api, fake: FakeOpenAI, deck_id: str) -> None:
    """No number is an error of ours."""
    await api.completed(deck_id)
    for number in ("2", "0", "99999999999"):
        answer = await api.http.get(f"/api/presentations/{deck_id}/versions/{number}")
        assert (answer.status_code, answer.json()["code"]) == (404, "version_not_found")
