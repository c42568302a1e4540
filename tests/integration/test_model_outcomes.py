"""What comes of calls to servers that answer oddly or not at all: it is named, and in the account."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from deckgen.config.settings import Settings
from deckgen.dev.fake_openai import SOUND, FakeOpenAI
from deckgen.dev.fake_openai.faults import WRAPPINGS
from deckgen.dev.fake_openai.oddities import READABLE, UNREADABLE
from deckgen.domain import step_contract
from deckgen.domain.errors import PermanentError, RetryableError
from deckgen.orchestrator.model.response_schemas import SlideAnswer, parsed
from deckgen.orchestrator.model.wire import MAX_BYTES
from tests.model_provider import MESSAGES, OUT, SLIDE, Opened, ask, providers

COUNTED = ("content_parts", "odd_finish", "usage_in_strings", *WRAPPINGS)
Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def fake() -> FakeOpenAI:
    return FakeOpenAI(retry_after=0.05)


@pytest.fixture
async def provider_at(settings: Settings, fake: FakeOpenAI) -> AsyncIterator[Opened]:
    async with providers(settings, fake) as opened:
        yield opened


@asynccontextmanager
async def answering(raw: bytes, *, then: bytes = b"") -> AsyncIterator[str]:
    """A server that answers each request with these bytes, and after them with others without end."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(raw)
            while then:
                writer.write(then)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}/v1"


def head(status: str = "200 OK", *more: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", "Connection: close", *more]
    return "\r\n".join([*lines, "", ""]).encode()


@pytest.mark.parametrize("fault", [*READABLE, *WRAPPINGS])
async def test_what_can_be_read_is_read(provider_at: Opened, fake: FakeOpenAI, fault: str) -> None:
    """An answer in another form than OpenAI's is an answer; tokens that are not counted as they can be
    are booked with the most that the call can take.
    """
    fake.script = [fault]
    async with provider_at() as provider:
        answer = await ask(provider)
        most = provider.most(MESSAGES, OUT)
    assert parsed(SlideAnswer, answer.text).title.text == SLIDE["title"]
    (entry,) = fake.ledger
    assert answer.call.estimated == (fault not in COUNTED)
    if fault in COUNTED:
        assert answer.call.tokens_in == entry.prompt_tokens
        assert answer.call.tokens_out == entry.completion_tokens
    else:
        assert answer.call.tokens == most.tokens >= entry.prompt_tokens + entry.completion_tokens


@pytest.mark.parametrize("fault", [*UNREADABLE, "html_page", "endless_body"])
async def test_what_is_no_answer_has_a_name(provider_at: Opened, fake: FakeOpenAI, fault: str) -> None:
    """Nothing but words for it comes out; it is in the account, and no less than it took."""
    fake.script = [fault]
    async with provider_at() as provider:
        answer = await ask(provider)
    (entry,) = fake.ledger
    assert answer.text == ""
    assert answer.unusable
    assert answer.lost == (fault == "error_inside")
    assert answer.call.tokens_in >= entry.prompt_tokens
    assert answer.call.tokens_out >= entry.completion_tokens


@pytest.mark.parametrize("fault", ["reset", "cut_body", "gateway_timeout", "hang", "drip"])
async def test_a_call_without_an_answer_is_booked(
    provider_at: Opened, fake: FakeOpenAI, fault: str
) -> None:
    """It may be paid for, so it is booked with the most that it can take, and not made again here."""
    fake.script = [fault]
    async with provider_at(openai_timeout_seconds=1.0) as provider:
        answer = await ask(provider)
        most = provider.most(MESSAGES, OUT)
    assert len(fake.ledger) == 1
    assert (answer.lost, answer.call.estimated) == (True, True)
    assert (answer.call.tokens, answer.call.cost) == (most.tokens, most.cost)
    assert ("OPENAI_TIMEOUT_SECONDS" in answer.unusable) == (fault in ("hang", "drip"))


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        ("wrong_key", step_contract.MODEL_KEY, "(401). Check OPENAI_API_KEY"),
        ("no_balance", step_contract.MODEL_BALANCE, "(402)"),
        ("no_quota", step_contract.MODEL_BALANCE, "(429)"),
        ("no_such_model", step_contract.MODEL_UNKNOWN, "OPENAI_MODEL"),
        ("too_large", step_contract.MODEL_TOO_LARGE, "(413)"),
        ("context_length", step_contract.MODEL_TOO_LARGE, "context"),
    ],
)
async def test_what_no_time_heals(
    provider_at: Opened, fake: FakeOpenAI, fault: str, code: str, said: str
) -> None:
    """It says what to do, it is not repeated, and however often it happens it opens no circuit."""
    fake.script = [fault] * 6
    async with provider_at() as provider:
        for _ in range(6):
            with pytest.raises(PermanentError) as refused:
                await ask(provider)
            assert refused.value.code == code
            assert said in refused.value.message
    assert len(fake.ledger) == 6


async def test_a_server_that_is_not_there(provider_at: Opened) -> None:
    """It takes nothing, and passes."""
    async with answering(b"") as url:
        pass
    async with provider_at(openai_base_url=url) as provider:
        with pytest.raises(RetryableError) as refused:
            await ask(provider)
    assert refused.value.code == step_contract.MODEL_AWAY
    assert "OPENAI_BASE_URL" in refused.value.message


@pytest.mark.parametrize(
    ("raw", "then", "said"),
    [
        (head(), b"", "no answer of a model"),
        (head() + b'{"choices": [', b"", "no answer of a model"),
        (head() + b"[" * 5000, b"", "no answer of a model"),
        (head("200 OK", "Content-Encoding: gzip") + b"rubbish", b"", "no answer of a model"),
        (head("200 OK", "Content-Encoding: br") + b"rubbish", b"", "no answer of a model"),
        (head("200 OK", "Content-Length: 500") + b'{"choices"', b"", "broke"),
        (head(), b" " * 65536, "far too long"),
        (head("500 Oh"), b" " * 65536, "far too long"),
        (head("200 OK", f"X-Long: {'x' * 100_000}"), b"", "broke"),
        (b"SSH-2.0-OpenSSH\r\n", b"", "broke"),
        (b"", b"", "broke"),
        (head("502 Bad Gateway") + b"<html>", b"", "(502)"),
    ],
)
async def test_whatever_a_server_sends(provider_at: Opened, raw: bytes, then: bytes, said: str) -> None:
    """No bytes end in anything but words for them, and no body is read without end."""
    async with answering(raw, then=then) as url, provider_at(openai_base_url=url) as provider:
        answer = await ask(provider)
    assert said in answer.unusable
    assert answer.call.estimated
    assert len(answer.text) < MAX_BYTES


async def test_a_prompt_goes_where_the_settings_say(provider_at: Opened, fake: FakeOpenAI) -> None:
    """A server that leads elsewhere is not followed, but told of."""
    async with provider_at() as elsewhere:
        url = elsewhere._wire._client.base_url
        moved = head("307 Temporary Redirect", f"Location: {url}chat/completions")
        async with answering(moved) as moved_url, provider_at(openai_base_url=moved_url) as provider:
            with pytest.raises(PermanentError, match="redirects to another"):
                await ask(provider)
    assert fake.ledger == []


async def test_no_call_is_made_again_that_may_be_paid(provider_at: Opened, fake: FakeOpenAI) -> None:
    """What is not served is tried again, until a call may be paid for."""
    fake.script = ["overloaded", "reset", SOUND]
    async with provider_at() as provider:
        assert (await ask(provider)).lost
        assert not (await ask(provider)).lost
    assert len(fake.ledger) == 3
