"""The stand-in for the model's provider, asked over HTTP as any client would, and by OpenAI's own."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai import AsyncOpenAI

from deckgen.dev.fake_openai import FakeOpenAI
from deckgen.orchestrator.model.response_schemas import (
    Shape,
    SlideAnswer,
    StorylineAnswer,
    shape_of,
    slide_shape,
)
from tests.patience import PATIENCE_SECONDS
from tests.serving import serving

TEXT = {"type": "string"}
HELLO = {"role": "user", "content": "Say it."}
ASKED: dict[str, Any] = {"model": "gpt-4.1-mini", "messages": [HELLO]}
BOTH_LIMITS = {"max_tokens": 1, "max_completion_tokens": 1}


@pytest.fixture
async def fake() -> FakeOpenAI:
    return FakeOpenAI()


@pytest.fixture
async def http(fake: FakeOpenAI) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(fake.app()) as url,
        httpx.AsyncClient(
            base_url=url, headers={"Authorization": "Bearer sk-fake"}, timeout=PATIENCE_SECONDS
        ) as client,
    ):
        yield client


@pytest.fixture
async def client(http: httpx.AsyncClient) -> AsyncIterator[AsyncOpenAI]:
    async with AsyncOpenAI(api_key="sk-fake", base_url=f"{http.base_url}/v1", max_retries=0) as client:
        yield client


async def ask(http: httpx.AsyncClient, **changed: Any) -> httpx.Response:
    return await http.post("/v1/chat/completions", json=ASKED | changed)


def an_object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def as_schema(schema: Any, name: str = "Answer", strict: bool = True) -> dict[str, Any]:
    wanted = {"name": name, "strict": strict, "schema": schema}
    return {"response_format": {"type": "json_schema", "json_schema": wanted}}


def nested(levels: int) -> dict[str, Any]:
    return an_object(below=nested(levels - 1)) if levels > 1 else an_object(text=TEXT)


@pytest.mark.parametrize(
    ("changed", "status", "code", "param"),
    [
        ({"model": ""}, 400, None, None),
        ({"model": "gpt-0"}, 404, "model_not_found", None),
        ({"foo": 1}, 400, "unknown_parameter", "foo"),
        ({"stream": True}, 400, "unsupported_parameter", "stream"),
        ({"messages": None}, 400, "invalid_type", "messages"),
        ({"messages": []}, 400, "empty_array", "messages"),
        ({"messages": [{"content": "a"}]}, 400, "missing_required_parameter", "messages[0].role"),
        ({"messages": [{"role": "user"}]}, 400, "missing_required_parameter", "messages[0].content"),
        ({"messages": [{"role": "boss", "content": "a"}]}, 400, "invalid_value", "messages[0].role"),
        ({"messages": [{"role": "user", "content": 5}]}, 400, "invalid_type", "messages[0].content"),
        ({"messages": [HELLO | {"b": 1}]}, 400, "unknown_parameter", "messages[0].b"),
        ({"temperature": 3}, 400, "decimal_above_max_value", "temperature"),
        ({"temperature": "hot"}, 400, "invalid_type", "temperature"),
        ({"max_completion_tokens": 0}, 400, "integer_below_min_value", "max_completion_tokens"),
        (BOTH_LIMITS, 400, "invalid_parameter_combination", "max_tokens"),
        ({"model": "o4-mini", "max_tokens": 1}, 400, "unsupported_parameter", "max_tokens"),
        ({"model": "gpt-4.1", "reasoning_effort": "low"}, 400, None, None),
        ({"n": 0}, 400, "integer_below_min_value", "n"),
        ({"seed": 1.5}, 400, "invalid_type", "seed"),
        ({"response_format": {"type": "xml"}}, 400, "invalid_value", "response_format.type"),
        ({"response_format": {"type": "json_object"}}, 400, None, "messages"),
        (as_schema(an_object(), name="a b"), 400, "invalid_value", "response_format.json_schema.name"),
    ],
)  # fmt: skip
async def test_wrong_requests_are_refused_as_openai_does(
    fake: FakeOpenAI,
    http: httpx.AsyncClient,
    changed: dict[str, Any],
    status: int,
    code: str | None,
    param: str | None,
) -> None:
    """Each with its status, code and parameter; nothing is billed."""
    answer = await ask(http, **changed)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (status, code, param)
    assert error["type"] == "invalid_request_error"
    assert [(one.status, one.billed) for one in fake.ledger] == [(status, False)]


async def test_keys_paths_and_bodies_are_checked(
    fake: FakeOpenAI, http: httpx.AsyncClient, client: AsyncOpenAI
) -> None:
    """401 without the right key, 404 for what there is not, 400 for what is no JSON."""
    with pytest.raises(openai.AuthenticationError) as wrong:
        await client.with_options(api_key="sk-wrong").models.list()
    assert wrong.value.code == "invalid_api_key"
    missing = await http.post("/v1/chat/completions", json=ASKED, headers={"Authorization": ""})
    assert missing.status_code == 401
    rubbish = await http.post("/v1/chat/completions", content=b"{")
    assert (rubbish.status_code, rubbish.json()["error"]["type"]) == (400, "invalid_request_error")
    with pytest.raises(openai.NotFoundError, match="Invalid URL"):
        await client.embeddings.create(model="gpt-4.1-mini", input="a")
    assert [model.id async for model in client.models.list()] == list(fake.models)


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "array", "items": TEXT}, "got 'type: \"array\"'"),
        ({"type": "object", "anyOf": [an_object()]}, "anyOf"),
        (an_object() | {"additionalProperties": True}, "'additionalProperties' is required"),
        (an_object(a=TEXT) | {"required": []}, "Missing 'a'"),
        (an_object(a=TEXT | {"minLength": 2}), "'minLength' is not permitted"),
        (an_object(a=TEXT | {"format": "uri"}), "'uri' is not a valid format"),
        (an_object(a={"type": "array"}), "array schema missing items"),
        (an_object(a={"$ref": "#/$defs/B"}), "'#/$defs/B' which was not found"),
        (an_object(a={"anyOf": [TEXT, {"description": "any"}]}), "must have a 'type' key"),
        (nested(11), "11 levels of nesting exceeds limit of 10"),
        (an_object(**{f"a{n}": TEXT for n in range(5001)}), "5001 properties exceeds limit of 5000"),
    ],
)
async def test_schemas_outside_of_the_strict_subset_are_refused(
    http: httpx.AsyncClient, schema: dict[str, Any], said: str
) -> None:
    """In OpenAI's words, wherever in the schema the fault is."""
    answer = await ask(http, **as_schema(schema))
    error = answer.json()["error"]
    assert (answer.status_code, error["param"]) == (400, "response_format")
    assert said in error["message"]


async def test_schemas_that_are_not_strict_are_taken(http: httpx.AsyncClient) -> None:
    """The subset is that of strict schemas only."""
    loose = await ask(http, **as_schema(an_object(a=TEXT | {"minLength": 2}), strict=False))
    assert loose.status_code == 200


async def test_unknown_schema_is_filled_with_as_little_as_fits(http: httpx.AsyncClient) -> None:
    """Texts are "text", choices the first, lists as short as they may be, what may be null is null."""
    schema = an_object(
        text=TEXT,
        kind={"enum": ["bar", "line"]},
        many={"type": "array", "items": {"$ref": "#/$defs/Part"}, "minItems": 2},
        none={"anyOf": [{"$ref": "#/$defs/Part"}, {"type": "null"}]},
        size={"type": "integer", "minimum": 3},
    ) | {"$defs": {"Part": an_object(yes={"type": "boolean"})}}
    answer = await ask(http, **as_schema(schema))
    assert json.loads(answer.json()["choices"][0]["message"]["content"]) == {
        "text": "text",
        "kind": "bar",
        "many": [{"yes": False}, {"yes": False}],
        "none": None,
        "size": 3,
    }


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (SlideAnswer, slide_shape(["k1", "k2"])),
        (SlideAnswer, slide_shape([])),
        (StorylineAnswer, shape_of(StorylineAnswer)),
    ],
)
async def test_schemas_of_the_model_engine_are_taken(
    fake: FakeOpenAI,
    http: httpx.AsyncClient,
    kind: type[SlideAnswer | StorylineAnswer],
    shape: Shape,
) -> None:
    """They are within the strict subset, and what they are answered with is of their shape."""
    answer = (await ask(http, **as_schema(shape.schema, shape.name))).json()
    kind.model_validate_json(answer["choices"][0]["message"]["content"])
    assert fake.ledger[0].kind == shape.name


async def test_a_choice_of_nothing_is_refused(http: httpx.AsyncClient) -> None:
    """As at OpenAI: an enum has a value."""
    schema = an_object()
    schema["properties"]["text"] = {"type": "string", "enum": []}
    schema["required"] = list(schema["properties"])
    refused = await ask(http, **as_schema(schema))
    assert refused.status_code == 400
    assert "enum" in refused.json()["error"]["message"]


async def test_server_without_schemas(fake: FakeOpenAI, http: httpx.AsyncClient) -> None:
    """As llama.cpp's: 500 that names `response_format` for a schema, and an answer without one."""
    fake.json_object_only = True
    refused = await ask(http, **as_schema(an_object()))
    assert refused.status_code == 500
    assert "response_format" in refused.json()["error"]["message"]
    said = [{"role": "user", "content": "As JSON."}]
    answer = await ask(http, messages=said, response_format={"type": "json_object"})
    assert json.loads(answer.json()["choices"][0]["message"]["content"]) == {"text": "text"}


async def test_answers_are_true_completions(client: AsyncOpenAI) -> None:
    """OpenAI's client reads them; usage adds up, and the limit of tokens cuts the answer off."""
    raw = await client.chat.completions.with_raw_response.create(
        **ASKED, **as_schema(an_object(a=TEXT, b=TEXT)), max_completion_tokens=4, n=2
    )
    completion = raw.parse()
    assert raw.headers["x-request-id"].startswith("req_")
    assert [choice.finish_reason for choice in completion.choices] == ["length", "length"]
    assert completion.usage
    assert completion.usage.completion_tokens == 8
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + 8


async def test_long_beginnings_are_read_from_the_cache(http: httpx.AsyncClient) -> None:
    """From 1,024 tokens on, in steps of 128, and only what another answered prompt began with."""

    async def cached(text: str) -> int:
        answer = await ask(http, messages=[{"role": "user", "content": text}])
        return int(answer.json()["usage"]["prompt_tokens_details"]["cached_tokens"])

    long = "word " * 1300
    assert await cached(long) == 0
    assert await cached(f"{long} and more") == 1280
    assert await cached("word " * 1100 + "other " * 200) == 1024
    assert await cached("word " * 900 + "other " * 400) == 0
    assert await cached("word " * 1000) == 0


async def test_ledger_holds_every_call(
    fake: FakeOpenAI, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    """In memory, in the file as soon as it is answered, and over HTTP, without a key."""
    fake.ledger_path = tmp_path / "ledger.jsonl"
    http.headers["X-Client-Request-Id"] = "call-1"
    await ask(http)
    (entry,) = fake.ledger
    assert (entry.client_request_id, entry.kind, entry.status) == ("call-1", "text", 200)
    assert (entry.billed, entry.delivered, entry.completion_tokens) == (True, True, 1)
    shown = (await http.get("/ledger", headers={"Authorization": ""})).json()
    assert shown == [json.loads(fake.ledger_path.read_text())]
    assert shown[0]["client_request_id"] == "call-1"
