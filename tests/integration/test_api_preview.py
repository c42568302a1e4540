"""POST /api/ai/preview: what a table means, without a job; and the limits of previews in flight."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import HttpUrl

from deckgen.config.settings import Settings
from deckgen.domain.errors import InvalidRequest, UnreadableData
from deckgen.domain.table_models import TableModel
from deckgen.orchestrator import app as orchestrator
from deckgen.orchestrator.held_files import HeldFiles
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.keys import new_key, with_key
from tests.serving import serving

PREVIEW = "/api/ai/preview"
TABLE = "order_id,region,revenue\n" + "".join(f"O{n},{'ab'[n % 2]},{n * 37 % 90}\n" for n in range(60))
LARGE = TABLE + "".join(f"O{n},a,{n % 90}\n" for n in range(60, 9_000))
Stack = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
async def stack(settings: Settings) -> Stack:
    """A client of an API and an orchestrator with these settings."""

    @asynccontextmanager
    async def made(**changed: Any) -> AsyncIterator[httpx.AsyncClient]:
        changed_settings = settings.model_copy(update=changed)
        async with serving(orchestrator.create_app(changed_settings)) as url:
            update = {"orchestrator_url": HttpUrl(url)}
            api = create_app(changed_settings.model_copy(update=update))
            async with (
                serving(api) as address,
                patient(address) as client,
            ):
                yield client

    return made


async def test_json_and_forms_of_any_size(
    stack: Stack, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same table as text and as a file has the same model; nothing is kept of any."""
    kept: list[Path] = []
    monkeypatch.setattr(HeldFiles, "keep", lambda _, path, __: kept.append(path))
    async with stack() as client:
        as_json = await client.post(PREVIEW, json={"csvData": TABLE, "csvName": "sales.csv"})
        as_file = await client.post(PREVIEW, files={"csvData": ("sales.csv", TABLE)})
        large = await client.post(PREVIEW, files={"csvData": ("sales.csv", LARGE)})
    assert [each.status_code for each in (as_json, as_file, large)] == [200] * 3, as_json.text
    assert as_json.content == as_file.content
    model, of_large = (TableModel.model_validate(each.json()) for each in (as_json, large))
    assert (model.name, model.rows, of_large.rows) == ("sales.csv", 60, 9_000)
    assert model.grain
    assert (model.grain.noun, model.grain.key, model.unfinished) == ("orders", ["order_id"], [])
    assert as_json.headers["Cache-Control"] == "no-store"
    counts = "SELECT (SELECT count(*) FROM datasets), (SELECT count(*) FROM jobs)"
    assert [tuple(row) for row in await database.fetch(counts)] == [(0, 0)]
    assert kept == []


async def test_what_the_request_says_of_columns(stack: Stack) -> None:
    """The overrides of a brief are honoured, and one that can't be is named."""
    context = {"columns": {"REVENUE": {"additivity": "stock", "unit": "EUR"}}}
    async with stack() as client:
        found = await client.post(PREVIEW, json={"csvData": TABLE, "context": context})
        form = {"context": json.dumps({"columns": {"price": {"role": "measure"}}})}
        refused = await client.post(PREVIEW, data=form, files={"csvData": ("s.csv", TABLE)})
        impossible, settled = [
            await client.post(
                PREVIEW, json={"csvData": TABLE, "context": {"columns": {"region": {"outcome": value}}}}
            )
            for value in ("z", "a")
        ]
    revenue = found.json()["columns"][2]
    assert (revenue["additivity"], revenue["symbol"]) == ("stock", "EUR")
    assert revenue["measure"] == {
        "kind": "stock",
        "reason": "the request says so",
        "confidence": "sure",
    }
    assert_problem(refused, 422, "unknown_column")
    assert_problem(impossible, 422, "unknown_column")
    assert impossible.json()["detail"].startswith(
        "context.columns.region.outcome names “z”, which “region” does"
    )
    assert settled.json()["columns"][1]["outcome"]["counts"] == "a"


async def test_what_the_questions_are_taken_for(stack: Stack) -> None:
    """Those of the context come back as they are understood, over JSON and as a form."""
    context = {"businessContext": "Which region has the highest revenue? How much is it?"}
    async with stack() as client:
        as_json = await client.post(PREVIEW, json={"csvData": TABLE, "context": context})
        form = {"context": json.dumps(context)}
        as_form = await client.post(PREVIEW, data=form, files={"csvData": ("s.csv", TABLE)})
    first, *others = as_json.json()["questions"]
    assert (first["operation"], first["groups"]) == ("ranking", ["region"])
    assert first["question"] == "Which region has the highest revenue?"
    assert others
    assert as_form.json()["questions"] == [first, *others]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"csvData": ""}, 422, "empty_csv"),
        ({"csvData": "just a sentence"}, 422, "no_rows"),
        ({}, 422, "invalid_request"),
        ({"csvData": TABLE, "deckId": "d"}, 422, "invalid_request"),
        ({"csvData": TABLE, "csvName": ""}, 422, "invalid_request"),
    ],
)
async def test_what_is_no_table_is_refused_as_by_a_job(
    stack: Stack, body: dict[str, str], status: int, code: str
) -> None:
    """With the same codes."""
    async with stack() as client:
        answer = await client.post(PREVIEW, json=body)
    if code == "no_rows":  # whichever of them says that there is no table
        assert answer.status_code == 422
        assert answer.json()["retryable"] is False
    else:
        assert_problem(answer, status, code)


async def test_a_table_that_takes_too_long_is_told(stack: Stack) -> None:
    """Not even its reading was done: there is nothing to answer with."""
    async with stack(preview_seconds=1e-6) as client:
        answer = await client.post(PREVIEW, json={"csvData": LARGE})
    assert_problem(answer, 422, "preview_timeout")


async def test_without_an_orchestrator(settings: Settings) -> None:
    """503, and nothing is lost: the same request may be sent again."""
    away = settings.model_copy(update={"orchestrator_url": HttpUrl("http://127.0.0.1:9/")})
    async with (
        serving(create_app(away)) as url,
        patient(url) as client,
    ):
        answer = await client.post(PREVIEW, json={"csvData": TABLE})
    assert_problem(answer, 503, "orchestrator_unreachable")


async def test_an_older_orchestrator_has_no_previews(settings: Settings) -> None:
    """It knows no such path, which is told as what it is: not now."""

    async def older(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b"{}"})

    async with serving_plain(older) as url:
        update = {"orchestrator_url": HttpUrl(url)}
        async with (
            serving(create_app(settings.model_copy(update=update))) as address,
            patient(address) as client,
        ):
            answer = await client.post(PREVIEW, json={"csvData": TABLE})
    assert_problem(answer, 503, "not_previewed")


@asynccontextmanager
async def serving_plain(app: Any) -> AsyncIterator[str]:
    async def with_lifespan(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async with serving(with_lifespan) as url:
        yield url


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Semaphore, asyncio.Event]:
    """Previews wait: the semaphore counts those that have come, the event lets them go on."""
    come, go_on = asyncio.Semaphore(0), asyncio.Event()

    async def waiting(*_: Any, **__: Any) -> TableModel:
        come.release()
        await go_on.wait()
        return TableModel(name="x", rows=0, grain=None, columns=[], warnings=[])

    monkeypatch.setattr(AsyncOrchestrator, "preview_table", waiting)
    return come, go_on


async def test_without_keys_the_process_has_a_bound(
    settings: Settings, held_up: tuple[asyncio.Semaphore, asyncio.Event]
) -> None:
    """Everybody on the machine is one caller: beyond the process's bound there is 429."""
    come, go_on = held_up
    bounded = settings.model_copy(update={"max_previews": 3, "key_previews": 1})
    async with (
        serving(create_app(bounded)) as url,
        patient(url) as client,
    ):
        waiting = [asyncio.create_task(client.post(PREVIEW, json={"csvData": TABLE})) for _ in range(3)]
        for _ in waiting:
            await come.acquire()
        refused = await client.post(PREVIEW, json={"csvData": TABLE})
        assert_problem(refused, 429, "too_many_previews")
        assert int(refused.headers["Retry-After"]) == settings.preview_seconds
        go_on.set()
        assert [(await each).status_code for each in waiting] == [200] * 3
        assert (await client.post(PREVIEW, json={"csvData": TABLE})).status_code == 200


async def test_each_key_has_a_bound_of_its_own(
    settings: Settings, decks: AsyncOrchestrator, held_up: tuple[asyncio.Semaphore, asyncio.Event]
) -> None:
    """One key's previews leave room for another's."""
    come, go_on = held_up
    bounded = settings.model_copy(update={"auth": "keys", "max_previews": 2, "key_previews": 1})
    keys = [with_key(await new_key(decks)) for _ in range(3)]
    async with (
        serving(create_app(bounded)) as url,
        patient(url) as client,
    ):

        def ask(number: int) -> asyncio.Task[httpx.Response]:
            body = {"csvData": TABLE}
            return asyncio.create_task(client.post(PREVIEW, json=body, headers=keys[number]))

        first = ask(0)
        await come.acquire()
        assert_problem(await ask(0), 429, "too_many_previews")
        second = ask(1)
        await come.acquire()
        assert_problem(await ask(2), 429, "too_many_previews")
        go_on.set()
        assert [(await each).status_code for each in (first, second)] == [200] * 2


async def test_from_python(settings: Settings) -> None:
    """The same without the API: the model, or the error as a class."""
    async with serving(orchestrator.create_app(settings)) as url:
        here = settings.model_copy(update={"orchestrator_url": HttpUrl(url)})
        async with AsyncOrchestrator(here) as deckgen:
            model = await deckgen.preview_table(TABLE, {"locale": "de_DE"}, csv_name="sales.csv")
            assert (model.rows, model.name) == (60, "sales.csv")
            with pytest.raises(UnreadableData):
                await deckgen.preview_table(b"")
            with pytest.raises(InvalidRequest):
                await deckgen.preview_table(TABLE, {"surprise": 1})
