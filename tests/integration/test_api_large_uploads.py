"""Large bodies are read in a process of their own, to the same end as small ones."""

import json
import tempfile
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.types import Message

from deckgen.http import bodies
from tests.asked import REQUEST, assert_problem
from tests.databases import OwnDatabase
from tests.integration.test_api_refusals import rows

ROWS = 10_000  # more than a body that is read at once may have
TABLE = "region,sales\n" + "North,10\n" * ROWS
ENDPOINT = "/api/ai/generate-async"


async def stored(database: OwnDatabase) -> list[tuple[str, int]]:
    found = await database.fetch(
        "SELECT dataset_name, bytes FROM jobs JOIN datasets ON sha256 = dataset_sha256"
    )
    return [tuple(row) for row in found]


async def test_json_and_forms_of_any_size(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """A large table arrives whole as JSON text, as a file and as a field of a form."""
    assert len(TABLE) > bodies.HELD_BYTES
    as_json = await api.post(ENDPOINT, json=REQUEST | {"deckId": "json", "csvData": TABLE})
    form = {"userId": "u", "context": json.dumps({"businessContext": "Hi"}), "priority": "7"}
    file = {"csvData": ("sales.csv", "ä" + TABLE)}
    as_file = await api.post(ENDPOINT, data=form | {"deckId": "file"}, files=file)
    field = {"csvData": (None, "ö" + TABLE)}
    as_field = await api.post(ENDPOINT, data=form | {"deckId": "field"}, files=field)
    assert [one.status_code for one in (as_json, as_file, as_field)] == [202] * 3, as_file.text
    assert sorted(await stored(database)) == [
        ("sales.csv", len(TABLE) + 2),
        ("uploaded data", len(TABLE)),
        ("uploaded data", len(TABLE) + 2),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (json.dumps(REQUEST | {"csvData": TABLE})[:-1], "invalid_json"),
        ("[" * 200_000, "invalid_json"),
        (json.dumps(REQUEST | {"csvData": [TABLE]}), "invalid_request"),
        (json.dumps(REQUEST | {"csvData": TABLE + "\ud800"}), "invalid_request"),
        (json.dumps(REQUEST | {"csvData": TABLE, "surprise": 1}), "invalid_request"),
        (json.dumps([REQUEST, TABLE]), "invalid_request"),
        (json.dumps(REQUEST | {"more": ["x" * 1_100_000]}), "body_too_large"),
    ],
)
async def test_large_bodies_are_refused_like_small_ones(
    api: httpx.AsyncClient, database: OwnDatabase, body: str, code: str
) -> None:
    """What is wrong with a large body is said with the same codes, and nothing is written."""
    answer = await api.post(ENDPOINT, content=body, headers={"Content-Type": "application/json"})
    assert_problem(answer, answer.status_code, code)
    assert await rows(database) == 0


async def test_wrong_fields_are_named_up_to_a_number(api: httpx.AsyncClient) -> None:
    """Of many thousands the first are named and the rest are counted: the answer stays small."""
    body = json.dumps(REQUEST | {"context": {str(number): 0 for number in range(50_000)}})
    answer = await api.post(ENDPOINT, content=body, headers={"Content-Type": "application/json"})
    assert_problem(answer, 422, "invalid_request")
    assert len(answer.json()["errors"]) == 21
    assert len(answer.content) < 5_000


def written(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


async def test_half_a_body_waits_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a large body comes in it is in a file, which is gone once it was read."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found: list[int] = []

    async def receive() -> Message:
        found.append(written(tmp_path))
        return {"type": "http.request", "body": bytes(100_000), "more_body": len(found) < 5}

    async with bodies.received(Request({"type": "http", "headers": []}, receive)) as body:
        assert body.path is not None
        assert body.path.stat().st_size == 500_000
    assert found[-1] > 300_000
    assert written(tmp_path) == 0


async def test_an_empty_field_is_an_absent_one(api: httpx.AsyncClient) -> None:
    """A form sends every field, also those that were not filled in, and a file that was not chosen."""
    fields = {"deckId": "d", "userId": "u", "priority": "", "webhookUrl": "", "maxTokens": ""}
    brief = {"context": json.dumps({"businessContext": "Hi"})}
    answer = await api.post(ENDPOINT, data=fields | brief, files={"csvData": ("", b"")})
    assert answer.status_code == 202, answer.text


@pytest.mark.parametrize("number", ["9" * 5_000, "１２", "5.0", "--5", "-" * 20])
async def test_numbers_of_forms_are_digits(api: httpx.AsyncClient, number: str) -> None:
    """Whatever else stands in the place of a number is named as wrong."""
    fields = {"deckId": "d", "userId": "u", "priority": number, "context": "{}"}
    answer = await api.post(ENDPOINT, data=fields, files={"csvData": ("a.csv", "a,b\n1,2\n")})
    assert_problem(answer, 422, "invalid_request")
