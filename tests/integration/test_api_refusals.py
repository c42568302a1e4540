"""How the HTTP API says no: a code, what to do, and nothing half-written."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deckgen.config.settings import Settings
from deckgen.web.app import create_app
from tests.asked import CSV, REQUEST, assert_problem
from tests.books import book, sheet
from tests.databases import OwnDatabase
from tests.serving import serving


async def rows(database: OwnDatabase) -> int:
    """How many rows there are that a request could have written."""
    count = 0
    for table in ("presentations", "jobs", "datasets", "job_events"):
        count += await database.fetchval(f"SELECT count(*) FROM {table}")
    return count


def without(field: str) -> dict[str, Any]:
    return {name: value for name, value in REQUEST.items() if name != field}


HALF_A_FORM = (
    b'--x\r\nContent-Disposition: form-data; name="deckId"\r\n\r\nd\r\n'
    b'--x\r\nContent-Disposition: form-data; name="userId"\r\n\r\nu\r\n'
    b'--x\r\nContent-Disposition: form-data; name="context"\r\n\r\n{"businessContext": "Hi"}\r\n'
    b'--x\r\nContent-Disposition: form-data; name="csvData"; filename="a.csv"\r\n\r\na,b\n1,2\n3'
)
MANY = ",".join(f"c{number}" for number in range(10_000))


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (REQUEST | {"surprise": 1}, 422, "invalid_request"),
        (REQUEST | {"context": {"surprise": 1}}, 422, "invalid_request"),
        (REQUEST | {"context": {"columns": {"sales": {"role": "size"}}}}, 422, "invalid_request"),
        (REQUEST | {"context": {"slideCount": 3}}, 422, "invalid_request"),
        (REQUEST | {"context": {"locale": "xx_YY_zz"}}, 422, "invalid_request"),
        (REQUEST | {"context": "text"}, 422, "invalid_request"),
        (REQUEST | {"deckId": 5}, 422, "invalid_request"),
        (REQUEST | {"deckId": "a b"}, 422, "invalid_request"),
        (REQUEST | {"deckId": "x" * 129}, 422, "invalid_request"),
        (REQUEST | {"priority": 0}, 422, "invalid_request"),
        (REQUEST | {"priority": 11}, 422, "invalid_request"),
        (REQUEST | {"priority": "5"}, 422, "invalid_request"),
        (REQUEST | {"maxTokens": 10**19}, 422, "invalid_request"),
        (REQUEST | {"maxTokens": 10**4_000}, 422, "invalid_request"),
        (REQUEST | {"maxCost": 1e300}, 422, "invalid_request"),
        (REQUEST | {"csvData": ["a"]}, 422, "invalid_request"),
        (REQUEST | {"context": {"businessContext": "nul \x00"}}, 422, "invalid_request"),
        (REQUEST | {"context": {"businessContext": "half \ud800"}}, 422, "invalid_request"),
        (without("deckId"), 422, "invalid_request"),
        (without("userId"), 422, "invalid_request"),
        (without("context"), 422, "invalid_request"),
        ([REQUEST], 422, "invalid_request"),
        (REQUEST | {"csvData": ""}, 422, "empty_csv"),
        (REQUEST | {"csvData": "a,b\n"}, 422, "no_rows"),
        (REQUEST | {"csvData": "a\n1\n2\n"}, 422, "one_column"),
        (REQUEST | {"csvData": f"{MANY}\n1\n"}, 422, "too_many_columns"),
        (REQUEST | {"csvData": "a,b\n" + "1,2\n" * 30_000}, 413, "csv_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
async def test_refuses_json(
    api: httpx.AsyncClient, database: OwnDatabase, body: Any, status: int, code: str
) -> None:
    """Whatever can't become a deck is refused with its code, what to do, and no row written."""
    content = json.dumps(body)
    headers = {"Content-Type": "application/json"}
    response = await api.post("/api/ai/generate-async", content=content, headers=headers)
    assert_problem(response, status, code)
    assert await rows(database) == 0


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "invalid_json"),
        (b"", "application/json", 400, "invalid_json"),
        (b"\xff\xfe", "application/json", 400, "invalid_json"),
        (b"[" * 50_000, "application/json", 400, "invalid_json"),
        (b'{"priority": 1%s}' % (b"0" * 5_000), "application/json", 400, "invalid_json"),
        (b"a,b\n1,2\n", "text/csv", 415, "unsupported_media_type"),
        (b"a,b\n1,2\n", "", 415, "unsupported_media_type"),
        (b"no boundary", "multipart/form-data", 400, "invalid_multipart"),
        (b"--x\r\nrubbish", "multipart/form-data; boundary=x", 400, "body_incomplete"),
        (HALF_A_FORM, "multipart/form-data; boundary=x", 400, "body_incomplete"),
        (b" " * 3_000_000, "application/json", 413, "body_too_large"),
    ],
)
async def test_refuses_bodies(
    api: httpx.AsyncClient,
    database: OwnDatabase,
    content: bytes,
    content_type: str,
    status: int,
    code: str,
) -> None:
    """A body that can't be read is refused with its code, and no row written."""
    headers = {"Content-Type": content_type}
    response = await api.post("/api/ai/generate-async", content=content, headers=headers)
    assert_problem(response, status, code)
    assert await rows(database) == 0


@pytest.mark.parametrize(
    ("fields", "content", "code"),
    [
        ({"userId": "u"}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u", "context": "no json"}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u", "priority": "high"}, CSV.encode(), "invalid_request"),
        (
            {"deckId": "d", "userId": "u", "priority": "1" + "0" * 5_000},
            CSV.encode(),
            "invalid_request",
        ),
        ({"deckId": "d", "userId": "u", "priority": "٥"}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u", "maxTokens": "9" * 5_000}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u", "maxTokens": "١٢٣"}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u", "maxCost": "1e999"}, CSV.encode(), "invalid_request"),
        ({"deckId": "d", "userId": "u"}, bytes(range(256)) * 20, "binary_data"),
        ({"deckId": "d", "userId": "u"}, book(sheet())[:-9], "broken_workbook"),
    ],
)
async def test_refuses_multipart(
    api: httpx.AsyncClient, database: OwnDatabase, fields: dict[str, str], content: bytes, code: str
) -> None:
    """Multipart fields are held to the same rules as JSON."""
    files = {"csvData": ("data.csv", content)}
    response = await api.post("/api/ai/generate-async", data=fields, files=files)
    assert_problem(response, 422, code)
    assert await rows(database) == 0


@pytest.mark.parametrize(
    ("length", "status", "code"),
    [(b"1000", b"408", b"body_timeout"), (b"99999999", b"413", b"body_too_large")],
)
async def test_a_body_that_stalls_is_answered(
    settings: Settings, database: OwnDatabase, length: bytes, status: bytes, code: bytes
) -> None:
    """A client that falls silent half-way is told so; if it announced too much, without waiting."""
    impatient = settings.model_copy(update={"max_csv_bytes": 100_000, "body_timeout_seconds": 0.2})
    async with serving(create_app(impatient)) as url:
        reader, writer = await connect(url)
        writer.write(HALF_A_REQUEST.replace(b"1000", length))
        await writer.drain()
        head = await reader.readuntil(b"\r\n")
        body = await reader.read()
        writer.close()
    assert status in head
    assert b'"code":"' + code in body
    assert await rows(database) == 0


HALF_A_REQUEST = (
    b"POST /api/ai/generate-async HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"deckId": "d", '
)


async def connect(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    parts = urlsplit(url)
    assert parts.port is not None
    return await asyncio.open_connection(parts.hostname, parts.port)


async def test_a_client_that_goes_away_leaves_nothing(
    api_url: str, api: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """A connection that closes half-way writes nothing, and the server goes on."""
    _, writer = await connect(api_url)
    writer.write(HALF_A_REQUEST)
    writer.close()
    await writer.wait_closed()
    assert (await api.get("/healthz")).status_code == 200
    assert await rows(database) == 0


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/ai/jobs/unknown", 404, "job_not_found"),
        ("GET", "/api/presentations/unknown", 404, "deck_not_found"),
        ("GET", "/api/presentations/unknown.pptx", 404, "deck_not_found"),
        ("GET", "/decks/unknown", 404, "deck_not_found"),
        ("GET", "/nowhere", 404, "path_not_found"),
        ("DELETE", "/api/ai/queue-status", 405, "method_not_allowed"),
    ],
)
async def test_what_is_not_there(
    api: httpx.AsyncClient, method: str, path: str, status: int, code: str
) -> None:
    """Each kind of absence has its own code."""
    assert_problem(await api.request(method, path), status, code)


async def test_no_powerpoint_before_the_deck(api: httpx.AsyncClient) -> None:
    """While a deck is made, its page says so and its file is refused."""
    await api.post("/api/ai/generate-async", json=REQUEST)
    assert_problem(await api.get("/api/presentations/test-deck-123.pptx"), 409, "deck_not_completed")
    page = await api.get("/decks/test-deck-123")
    assert page.status_code == 200
    assert "on its way" in page.text


async def test_a_deck_of_another_user(api: httpx.AsyncClient) -> None:
    """Somebody else's deck id is a conflict."""
    await api.post("/api/ai/generate-async", json=REQUEST)
    response = await api.post("/api/ai/generate-async", json=REQUEST | {"userId": "other"})
    assert_problem(response, 409, "deck_of_another_user")
