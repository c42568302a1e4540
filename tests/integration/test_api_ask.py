"""POST /api/presentations/{deckId}/ask: answers about the table of a stored deck."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.domain.asking import MAX_QUESTION, Replies
from deckgen.domain.errors import Conflict, InvalidRequest, NotFound
from deckgen.domain.overrides import ColumnOverride, TableOverride
from deckgen.domain.questions import End
from deckgen.orchestrator import app as orchestrator
from deckgen.orchestrator.held_files import HeldFiles
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.asking_api import TABLE, WHICH, asked, before, store
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.serving import serving
from tests.stored_decks import complete

DATES = "date,revenue\n" + "".join(f"2024-{n:02}-01,{n}00\n" for n in range(1, 13))  # of no region
Stack = Callable[..., AbstractAsyncContextManager[str]]


@pytest.fixture
async def stack(settings: Settings) -> Stack:
    """An API with these settings, before an orchestrator."""

    @asynccontextmanager
    async def made(**changed: Any) -> AsyncIterator[str]:
        changed_settings = settings.model_copy(update=changed)
        async with (
            serving(orchestrator.create_app(changed_settings)) as url,
            serving(create_app(before(changed_settings, url))) as address,
        ):
            yield address

    return made


async def test_a_question_is_answered_with_its_queries(
    stack: Stack, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentence, plan, exhibit and facts; each fact has its value over the table; nothing is kept."""
    await store(database)
    kept: list[Path] = []
    monkeypatch.setattr(HeldFiles, "keep", lambda _, path, __: kept.append(path))
    async with stack() as url:
        answer = await asked(url)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    replies = Replies.model_validate(answer.json())
    (reply,) = replies.answers
    assert (replies.name, replies.rows, replies.unfinished) == ("regions & revenue.csv", 80, [])
    assert (reply.question, reply.end) == (WHICH, End.ANSWERED)
    assert reply.plan
    assert reply.plan.operation == "ranking"
    assert reply.understood.startswith("ranking: revenue")
    assert "south" in reply.text
    assert reply.chart
    assert reply.chart.categories[0] == "south"
    chart = reply.chart.model_dump_json()
    assert "{{" not in "".join([reply.text, *reply.points, reply.method, chart])
    assert_over_the_table(reply)
    assert [tuple(row) for row in await database.fetch("SELECT count(*) FROM jobs")] == [(0,)]
    assert kept == []


def assert_over_the_table(reply: Any) -> None:
    """That each number of the text is a fact, whose query gives its value in any DuckDB."""
    with duckdb.connect() as con:
        rows = [line.split(",") for line in TABLE.splitlines()[1:]]
        con.execute("CREATE TABLE data (region VARCHAR, revenue BIGINT)")
        con.executemany("INSERT INTO data VALUES (?, ?)", rows)
        values = {fact.display: con.execute(fact.sql).fetchall()[0][0] for fact in reply.facts}
        assert [fact.value for fact in reply.facts] == list(values.values())
        of_chart = con.execute(reply.chart.sql).fetchall()
    assert values["54,000"] == 54_000
    assert "54,000" in reply.text
    assert list(zip(reply.chart.categories, reply.chart.series[0].values, strict=True)) == of_chart


async def test_a_few_questions_in_one_text(stack: Stack, database: OwnDatabase) -> None:
    """Each is answered by itself, in their order; what is not answered says why, without a number."""
    await store(database, DATES)
    much = "How much revenue is there?"
    async with stack() as url:
        answer = await asked(url, f"{WHICH} {much}")
    first, second = Replies.model_validate(answer.json()).answers
    assert [each.question for each in (first, second)] == [WHICH, much]
    assert (first.end, first.text, first.facts, first.chart) == (End.LACKS, "", [], None)
    assert first.reason.startswith("the table lacks ")
    assert (second.end, second.reason) == (End.ANSWERED, "")
    assert "7,800" in second.text


async def test_what_the_deck_says_holds(stack: Stack, database: OwnDatabase) -> None:
    """Its locale, columns and table, unless the question has a locale; its own words do not."""
    unit, row = {"revenue": ColumnOverride(unit="EUR")}, TableOverride(row="parcels")
    await store(database, locale="de_DE", columns=unit, table=row)
    async with stack() as url:
        as_deck = Replies.model_validate((await asked(url)).json())
        other = Replies.model_validate((await asked(url, locale="en-US")).json())
    assert (as_deck.locale, other.locale) == ("de_DE", "en_US")
    assert "54.000\N{NO-BREAK SPACE}€" in as_deck.answers[0].text
    assert "€54,000" in other.answers[0].text
    assert "80 parcels" in other.answers[0].method
    assert len(as_deck.answers) == 1


async def test_the_longest_question_is_taken(stack: Stack, database: OwnDatabase) -> None:
    """A thousand characters are within every limit, and an answer says that it is none."""
    await store(database)
    async with stack() as url:
        answer = await asked(url, "ä" * MAX_QUESTION)
    (reply,) = Replies.model_validate(answer.json()).answers
    assert (reply.end, len(reply.question)) == (End.NOT_DONE, MAX_QUESTION)


async def test_a_table_that_takes_too_long(stack: Stack, database: OwnDatabase) -> None:
    """Not even its reading was done in time: there is nothing to answer with; what helps is said."""
    await store(database)
    async with stack(preview_seconds=1e-6) as url:
        answer = await asked(url)
    assert_problem(answer, 422, "ask_timeout")
    assert "brief of a deck" in answer.json()["detail"]


async def test_from_python(settings: Settings, stack: Stack, database: OwnDatabase) -> None:
    """The same without the API, and by the client of it: the answers, or the error as a class."""
    await store(database)
    async with (
        serving(orchestrator.create_app(settings)) as url,
        AsyncOrchestrator(before(settings, url)) as deckgen,
    ):
        here = await deckgen.ask("d", WHICH, locale="de_DE")
        with pytest.raises(NotFound):
            await deckgen.ask("other", WHICH)
        with pytest.raises(InvalidRequest):
            await deckgen.ask("d", "")
        await complete(database, brief_deck(), "alone")
        with pytest.raises(Conflict):
            await deckgen.ask("alone", WHICH)
    async with stack() as url:

        def by_client() -> Replies:
            with Client(url) as client:
                return client.ask("d", WHICH, locale="de_DE")

        assert await asyncio.to_thread(by_client) == here
    assert here.is_answered
