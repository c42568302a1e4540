"""The table of a stored deck as it was read, from the orchestrator and from the API."""

import gzip
import io
import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from pydantic import HttpUrl
from starlette.applications import Starlette

from deckgen.client.awaited import AsyncClient
from deckgen.config.settings import Settings
from deckgen.domain.briefs import Brief
from deckgen.domain.overrides import TableOverride
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator import analyst
from deckgen.orchestrator.app import create_app as create_orchestrator
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.serving import serving
from tests.stored_decks import complete, complete_with_table
from tests.unit.orchestrator.analyst.engine import Run, run_table

TABLE = "month,region,sales\n1987 Jan,north,60\n1987 Feb,south,30\n1987 Mar,west,10\nTotal,,100\n"
PATH = "/api/presentations/d/data.parquet"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run_table(tmp_path_factory.mktemp("made") / "sales.csv", TABLE, "Who leads?")


@pytest.fixture
async def orchestrator(settings: Settings) -> AsyncIterator[str]:
    async with serving(create_orchestrator(settings)) as url:
        yield url


@pytest.fixture
async def api(settings: Settings, orchestrator: str) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(create_app(with_orchestrator(settings, orchestrator))) as address,
        patient(address) as client,
    ):
        yield client


def with_orchestrator(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"orchestrator_url": HttpUrl(url)})


async def store(database: OwnDatabase, run: Run, upload: bytes = TABLE.encode()) -> None:
    """The deck with its table, as a worker would have completed it."""
    await complete_with_table(database, run.deck, upload)


def opened(content: bytes, folder: Path) -> duckdb.DuckDBPyConnection:
    file = folder / "data.parquet"
    file.write_bytes(content)
    con = duckdb.connect()
    con.execute(f"CREATE VIEW data AS FROM '{file}'")
    return con


async def test_the_facts_of_a_stored_deck_run_over_it(
    api: httpx.AsyncClient, database: OwnDatabase, run: Run, tmp_path: Path
) -> None:
    """The answer is a whole Parquet file with a name, and each fact has its value there."""
    await store(database, run)
    answer = await api.get(PATH)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert answer.headers["content-disposition"] == 'attachment; filename="data.parquet"'
    assert int(answer.headers["content-length"]) == len(answer.content)
    with opened(answer.content, tmp_path) as con:
        values = [con.execute(fact.sql).fetchall()[0][0] for fact in run.deck.facts if fact.rows == 3]
        assert con.execute("SELECT sum(sales) FROM data").fetchall() == [(100,)]
    assert len(values) > 1
    assert {60, 100} & set(values)


async def test_who_has_it_is_not_sent_it_again(
    api: httpx.AsyncClient, settings: Settings, database: OwnDatabase, run: Run
) -> None:
    """The tag is of the upload: 304 needs no orchestrator, and another table has another tag."""
    await store(database, run)
    tag = (await api.get(PATH)).headers["ETag"]
    known = {"If-None-Match": tag}
    alone = with_orchestrator(settings, "http://127.0.0.1:9")
    async with (
        serving(create_app(alone)) as address,
        patient(address) as client,
    ):
        answer = await client.get(PATH, headers=known)
        assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)
    await store(database, run, b"a,b\n1,2\n3,4\n")
    other = await api.get(PATH, headers=known)
    assert (other.status_code, other.headers["ETag"] == tag) == (200, False)


async def test_it_has_the_rows_that_the_deck_counts(
    api: httpx.AsyncClient, database: OwnDatabase, tmp_path: Path
) -> None:
    """What the brief says of copies holds for the file too, and is part of its tag."""
    upload = "order_id,sales\n" + "".join(f"O{n},{n * n % 37}\n" for n in range(30)) * 2
    tags = []
    for said, rows in ((None, 30), (TableOverride(copies="each"), 60)):
        path, asked = tmp_path / "orders.csv", Brief(business_context="Who leads?", table=said)
        path.write_text(upload)
        info = DatasetInfo(name=path.name, sha256="", bytes=len(upload))
        source = analyst.profile(path, info, asked)
        findings = analyst.find(path, source, asked)
        draft = analyst.draft(asked, source, findings)
        deck = analyst.assemble(asked, source, findings, draft, path)
        await complete_with_table(database, deck, upload.encode())
        answer = await api.get(PATH)
        tags.append(answer.headers["ETag"])
        with opened(answer.content, tmp_path) as con:
            assert con.execute("SELECT count(*) FROM data").fetchall() == [(rows,)]
        assert source.rows == rows
    assert tags[0] != tags[1]


async def test_the_client_reads_it(
    settings: Settings, orchestrator: str, database: OwnDatabase, run: Run, tmp_path: Path
) -> None:
    """`Client.table_as_read` is the same for Python."""
    await store(database, run)
    async with (
        serving(create_app(with_orchestrator(settings, orchestrator))) as address,
        AsyncClient(address) as client,
    ):
        content = await client.table_as_read("d")
    (tmp_path / "data.parquet").write_bytes(content)
    query = f"SELECT count(*) FROM '{tmp_path}/data.parquet'"
    assert duckdb.execute(query).fetchall() == [(3,)]


def told(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["code"]


async def test_what_has_no_table(api: httpx.AsyncClient, database: OwnDatabase, run: Run) -> None:
    """No deck, none yet, and one that was made from a brief alone are told apart."""
    assert told(await api.get(PATH)) == (404, "deck_not_found")
    await complete(database, brief_deck())
    assert told(await api.get(PATH)) == (404, "table_not_found")
    await database.execute(
        "UPDATE presentations SET final_deck_json = NULL, status = 'queued', completed_at = NULL"
    )
    assert told(await api.get(PATH)) == (409, "deck_not_completed")


async def test_an_orchestrator_that_is_away_or_older(
    settings: Settings, database: OwnDatabase, run: Run
) -> None:
    """Both are told as something to ask for again."""
    await store(database, run)

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        away = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert await asked_through(settings, away) == (503, "orchestrator_unreachable")
    async with serving(Starlette()) as old:
        assert await asked_through(settings, old) == (503, "table_not_read")


async def asked_through(settings: Settings, orchestrator: str) -> tuple[int, str]:
    async with (
        serving(create_app(with_orchestrator(settings, orchestrator))) as address,
        patient(address) as client,
    ):
        return told(await client.get(PATH))


async def test_what_the_orchestrator_refuses(settings: Settings) -> None:
    """An upload that can't be read, or not in time, says why; another table's name is not found."""
    hurried = settings.model_copy(update={"query_timeout_seconds": 0, "step_timeout_seconds": 0})
    assert await written(settings, b"a,b\n1,2\n3,4\n", "data") == 200
    assert await written(settings, b"a,b\n1,2\n3,4\n", "other") == (404, "table_not_found")
    assert await written(settings, b"\x00\x01", "data") == (422, "binary_data")
    assert await written(settings, None, "data") == (422, "invalid_request")
    status = await written(hurried, b"a,b\n1,2\n3,4\n", "data")
    assert status in ((422, "query_timeout"), (422, "table_timeout"))


async def written(settings: Settings, upload: bytes | None, name: str) -> Any:
    files = {"dataset": ("d.gz", io.BytesIO(gzip.compress(upload)))} if upload else {"x": ("x", b"")}
    async with (
        serving(create_orchestrator(settings)) as url,
        patient(url) as http,
    ):
        answer = await http.post(f"/tables/{name}", files=files)
    return 200 if answer.is_success else told(answer)
