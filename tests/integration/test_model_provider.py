"""One call to the model, against the strict stand-in and a real Redis: all that can become of it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from deckgen.config.settings import Settings, SettingsError
from deckgen.dev.fake_openai import SOUND, FakeOpenAI, completions
from deckgen.domain.errors import PermanentError, RetryableError
from deckgen.domain.step_contract import MODEL_AWAY, MODEL_KEY, MODEL_RATE_LIMITED, MODEL_REFUSES
from deckgen.orchestrator.model.prices import price_of, read_prices
from deckgen.orchestrator.model.provider import ATTEMPTS, Provider
from deckgen.orchestrator.model.response_schemas import SlideAnswer
from tests.model_provider import MESSAGES, SLIDE, Opened, ask, providers


@pytest.fixture
async def fake() -> FakeOpenAI:
    return FakeOpenAI(retry_after=0.05)


@pytest.fixture
async def provider_at(settings: Settings, fake: FakeOpenAI) -> AsyncIterator[Opened]:
    async with providers(settings, fake) as opened:
        yield opened


@pytest.fixture
async def provider(provider_at: Opened) -> AsyncIterator[Provider]:
    async with provider_at() as provider:
        yield provider


async def test_an_answer_and_what_it_took(provider: Provider, fake: FakeOpenAI) -> None:
    """The answer fits the shape; tokens are the ledger's, and their cost is the model's price."""
    answer = await ask(provider)
    (entry,) = fake.ledger
    assert SlideAnswer.model_validate_json(answer.text).title.text == SLIDE["title"]
    assert entry.client_request_id == "job:slide.s1:hash"
    assert (answer.call.tokens_in, answer.call.tokens_out) == (
        entry.prompt_tokens,
        entry.completion_tokens,
    )
    price = price_of("gpt-4.1-mini", read_prices(None))
    assert price is not None
    assert answer.call.cost == price.of(entry.prompt_tokens, 0, entry.completion_tokens)


async def test_counts_that_can_not_be_true(
    provider: Provider, fake: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that miscounts is answered for with what can be, instead of with an error."""
    usage_of = completions.usage_of
    odd = {"prompt_tokens": 5, "prompt_tokens_details": {"cached_tokens": 9}}
    monkeypatch.setattr(completions, "usage_of", lambda *asked: usage_of(*asked) | odd)
    call = (await ask(provider)).call
    assert (call.tokens_in, call.tokens_cached) == (5, 5)


async def test_what_a_call_takes_at_most(provider: Provider, fake: FakeOpenAI) -> None:
    """What is announced for a call is no less than what it takes."""
    answer = await ask(provider)
    assert provider.most(MESSAGES, 500).tokens >= answer.call.tokens


async def test_a_model_that_reasons_has_room_for_it(provider_at: Opened, fake: FakeOpenAI) -> None:
    """Its thinking counts as what comes out: for the provider's bound, and for what is announced."""
    async with provider_at(openai_model="o4-mini") as provider:
        answer = await ask(provider)
        assert (answer.unusable, SlideAnswer.model_validate_json(answer.text).title.text) == (
            "",
            SLIDE["title"],
        )
        assert provider.most(MESSAGES, 500).tokens >= answer.call.tokens > 900


async def test_how_long_a_model_reasons_can_be_set(provider_at: Opened, fake: FakeOpenAI) -> None:
    """The effort goes along and stands in a slide's provenance; without room there is no answer."""
    async with provider_at(openai_model="o4-mini", openai_reasoning_effort="minimal") as provider:
        brief = await ask(provider)
        assert provider.parameters == {"reasoning_effort": "minimal"}
    async with provider_at(openai_model="o4-mini", openai_reasoning_tokens=0) as provider:
        cut_off = await ask(provider)
    assert not brief.unusable
    assert brief.call.tokens_out < 300
    assert (cut_off.text, bool(cut_off.unusable), cut_off.call.tokens_out) == ("", True, 500)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("refusal", "refused to answer"),
        ("truncation", "cut off"),
        ("content_filter", "filter"),
        ("empty_choices", "empty"),
    ],
)
async def test_answers_that_are_none_have_a_name(
    provider: Provider, fake: FakeOpenAI, fault: str, reason: str
) -> None:
    """Each is named, paid for and counted, and not asked again."""
    fake.script = [fault]
    answer = await ask(provider)
    assert answer.text == ""
    assert reason in answer.unusable
    assert answer.call.tokens_in == fake.ledger[0].prompt_tokens
    assert len(fake.ledger) == 1


@pytest.mark.parametrize("fault", ["rate_limit", "server_error", "overloaded"])
async def test_what_passes_is_tried_again(provider: Provider, fake: FakeOpenAI, fault: str) -> None:
    """A call that is not served is made again, and paid for once."""
    fake.script = [fault, fault, SOUND]
    await ask(provider)
    assert [entry.billed for entry in fake.ledger] == [False, False, True]


async def test_an_outage_opens_the_circuit(provider: Provider, fake: FakeOpenAI) -> None:
    """What fails again and again is told as an outage; after that the provider is left in peace, and
    the error says for how long.
    """
    fake.faults = {"server_error": 1.0}
    with pytest.raises(RetryableError) as outage:
        await ask(provider)
    assert outage.value.code == MODEL_AWAY
    assert len(fake.ledger) == ATTEMPTS
    with pytest.raises(RetryableError) as left_alone:
        await ask(provider)
    assert left_alone.value.code == MODEL_AWAY
    assert left_alone.value.retry_after is not None
    assert len(fake.ledger) == ATTEMPTS


async def test_a_wrong_key_is_in_no_log(provider_at: Opened, caplog: pytest.LogCaptureFixture) -> None:
    """It is for the operator to mend, so it is no outage; the key stands in no log."""
    caplog.set_level(logging.DEBUG)
    async with provider_at(openai_api_key=SecretStr("sk-hunter2hunter2")) as provider:
        with pytest.raises(PermanentError) as refused:
            await ask(provider)
    assert refused.value.code == MODEL_KEY
    assert "OPENAI_API_KEY" in refused.value.message
    assert "hunter2" not in caplog.text + refused.value.message


async def test_a_call_that_is_refused_for_good(provider: Provider, fake: FakeOpenAI) -> None:
    """What the provider says no to is not repeated: that slide is the draft's."""
    with pytest.raises(PermanentError) as refused:
        await ask(provider, out=0)
    assert refused.value.code == MODEL_REFUSES
    assert len(fake.ledger) == 1


async def test_a_server_without_schemas_is_remembered(provider: Provider, fake: FakeOpenAI) -> None:
    """It is asked for plain JSON with the schema in the prompt; its refusal opens no circuit."""
    fake.json_object_only = True
    for _ in range(6):
        answer = await ask(provider)
        SlideAnswer.model_validate_json(answer.text)
    assert [entry.status for entry in fake.ledger] == [500, *[200] * 6]


async def test_calls_at_a_time_are_bounded(provider_at: Opened, fake: FakeOpenAI) -> None:
    """No more are in flight than OPENAI_CONCURRENCY allows."""
    fake.latency = 0.3
    async with provider_at(openai_concurrency=2) as provider:
        await asyncio.gather(*(ask(provider) for _ in range(6)))
    assert fake.most_in_flight == 2


async def test_limits_are_shared(provider_at: Opened, fake: FakeOpenAI) -> None:
    """The request of a minute that one process has made is gone for another, which is to ask later."""
    async with (
        provider_at(openai_rpm=1) as one,
        provider_at(openai_rpm=1, step_timeout_seconds=0.5) as other,
    ):
        await ask(one)
        with pytest.raises(RetryableError) as paced:
            await ask(other)
    assert paced.value.code == MODEL_RATE_LIMITED
    assert len(fake.ledger) == 1


def test_prices() -> None:
    """A dated version costs what its model does; an unknown model has no price."""
    prices = read_prices(None)
    assert price_of("gpt-4.1-mini-2025-04-14", prices) == prices["gpt-4.1-mini"]
    assert price_of("llama", prices) is None
    assert prices["gpt-4.1-mini"].of(1_000_000, 250_000, 1_000_000) == pytest.approx(1.925)


@pytest.mark.parametrize("text", ["[x]\nin = 1", "[x]\nin = -1\ncached = 0\nout = 1", "no toml"])
def test_a_wrong_price_table_stops_the_start(tmp_path: Path, text: str) -> None:
    """It is told as any wrong setting is."""
    file = tmp_path / "prices.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match="OPENAI_PRICES"):
        read_prices(file)
