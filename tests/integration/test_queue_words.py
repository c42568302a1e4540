"""Jobs are found by words, in whatever script and writing, and words cost the queue nothing."""

from uuid import UUID

import pytest

from deckgen.queue.service import AsyncOrchestrator
from deckgen.worker.jobs.purge import run_purge
from deckgen.worker.runtime import Runtime
from tests.databases import OwnDatabase
from tests.found_jobs import complete, fail, found, run, submit

WORDS = [
    (
        "Umsätze in Zürich",
        ["umsätze", "UMSÄTZE", "zurich", "umsatz", "Zu\u0308rich", "züri umsa"],
        ["rich"],
    ),
    ("東京の売上は？", ["東京", "売上", "の", "売上は", "東京 売上"], ["京東", "上売"]),
    ("Продажи в Москве", ["продажи", "МОСКВЕ", "моск"], ["кве"]),
    ("ยอดขายในกรุงเทพ", ["ยอดขาย", "กรุงเทพ"], ["ขายยอด"]),
    ("Q3-sales (net): 3.5%", ["q3-sales", "q3", "sales", "(net)", "3.5", "q3-sal"], ["sales-q3", "q4"]),
    ("İstanbul’da satışlar", ["istanbul", "satışlar", "SATIŞ"], ["bul"]),
    ("Ｓａｌｅｓ ﬁgures", ["sales", "figures"], ["igures"]),
    ("a & b | !c:* <-> 'd' \\", ["& a", "!c", "'d'", ":* b", "<-> d"], ["e &"]),
    ("see https://a.example/x_y?z=1", ["a.example", "x_y", "https://a.example/x", "z"], ["b.example"]),
    ("12abc 1e5 0x1F", ["12abc", "1e5", "0x1f", "12ab"], ["abc"]),
    ("\u202edrow\u200b next", ["next"], ["nothing"]),
]


@pytest.mark.parametrize(("brief", "hits", "misses"), WORDS, ids=[brief for brief, *_ in WORDS])
async def test_words(decks: AsyncOrchestrator, brief: str, hits: list[str], misses: list[str]) -> None:
    """A word is found by its beginning, in any writing; signs are no words, and steer nothing."""
    await submit(decks, "d", brief=brief)
    assert [q for q in hits if await found(decks, q=q) != ["d"]] == []
    assert [q for q in misses if await found(decks, q=q) != []] == []


async def test_where_words_are_looked_for(decks: AsyncOrchestrator) -> None:
    """In all text of the brief: industry, audience, and the names and units of columns; no settings."""
    columns = {"Nettoumsatz": {"unit": "EUR"}}
    context = {"industry": "retail", "audience": "board", "columns": columns, "urgency": "high"}
    await submit(decks, "d", context=context)
    for word in ("retail", "board", "nettoumsatz", "eur"):
        assert await found(decks, q=word) == ["d"]
    assert await found(decks, q="high") == await found(decks, q="en_US") == []


async def test_a_brief_that_is_no_text(decks: AsyncOrchestrator) -> None:
    """One endless word, or names of columns by the thousand, is accepted and does no harm."""
    await submit(decks, "d", brief="x" * 4_000)
    await submit(decks, "e", context={"columns": {f"{n} " + "y" * 5_000: {} for n in range(400)}})
    assert await found(decks, q="sales") == ["e"]


async def test_words_of_an_error_that_is_gone(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """What was retried is not found by its old error any more, and what is purged not by its brief."""
    job_id = await submit(decks, "d")
    await fail(database, job_id)
    assert await found(decks, q="broke") == ["d"]
    await decks.retry_job(job_id)
    assert await found(decks, q="broke") == []
    assert await found(decks, q="sales") == ["d"]


async def test_words_of_a_purged_job(
    decks: AsyncOrchestrator, database: OwnDatabase, runtime: Runtime
) -> None:
    """It is found by its error, as that is kept, and its brief is in no index."""
    job_id = await submit(decks, "d")
    await fail(database, job_id, code="query_timeout")
    runtime.settings = runtime.settings.model_copy(update={"retain_failed": 0})
    await run_purge(runtime)
    assert await found(decks, q="sales") == []
    assert await found(decks, q="broke") == ["d"]
    runtime.settings = runtime.settings.model_copy(update={"retain_days": 0})
    await run_purge(runtime)
    assert await database.fetchval("SELECT count(*) FROM job_texts") == 0


async def test_a_step_writes_no_words(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """What the queue writes of a job on its way leaves its words untouched."""
    seen = "SELECT xmin::text FROM job_texts WHERE job_id = $1"
    waiting, active = [await submit(decks, name) for name in "ab"]
    await run(database, active)
    job_id = UUID(waiting)
    before = await database.fetchval(seen, job_id)
    await database.execute(
        "UPDATE jobs SET dispatched_at = now(), last_event = 7 WHERE id = $1", job_id
    )
    await run(database, waiting)
    await complete(database, active)
    assert await database.fetchval(seen, job_id) == before
    await decks.cancel_job(waiting)
    await database.execute(
        "UPDATE jobs SET error_code = 'x', error_message = 'new' WHERE id = $1", job_id
    )
    assert await database.fetchval(seen, job_id) != before
