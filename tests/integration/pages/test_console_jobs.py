"""The console's jobs as a browser without JavaScript has them: found, changed alone and at once."""

import re
from html import unescape

import httpx
import pytest

from deckgen.domain.jobs import JobStatus
from deckgen.queue.service import AsyncOrchestrator
from tests.console_jobs import fill
from tests.databases import OwnDatabase
from tests.found_jobs import fail, failed_jobs, submit
from tests.people import form

JOBS, MANY = "/console/jobs", "/console/jobs/many"


def listed(answer: httpx.Response) -> list[str]:
    """The decks of the jobs that a page lists, from the top."""
    return re.findall(r'<td class="deck"><a [^>]*>([^<]*)</a>', answer.text)


def fields_of(answer: httpx.Response) -> dict[str, str]:
    """What the form of a page sends by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.text))


async def status_of(decks: AsyncOrchestrator, job_id: str) -> JobStatus:
    return (await decks.get_job_status(job_id)).status


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?user=acme", ["kpi-tuesday", "acme-q3", "acme-q4"]),
        ("?status=failed", ["acme-q3", "acme-q4"]),
        ("?status=waiting,delayed", ["north-plan", "weekly-9041"]),
        ("?deck=hr-review", ["hr-review"]),
        ("?code=unreadable_dataset", ["acme-q4"]),
        ("?q=board", ["weekly-9040", "weekly-9041"]),
        ("?q=quotation", ["acme-q4"]),
        ("?user=acme&status=&since=24h&q=&deck=&code=", ["kpi-tuesday", "acme-q3", "acme-q4"]),
        ("?since=2999-01-01", []),
    ],
)
async def test_filters(
    person: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    query: str,
    found: list[str],
) -> None:
    """Each field of the form narrows the list, which has the newest first."""
    await fill(decks, database)
    answer = await person.get(f"{JOBS}{query}")
    assert answer.status_code == 200
    assert listed(answer) == found


async def test_chips_count(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Beside a filter stands how many jobs there are with each status, and a way to them."""
    await fill(decks, database)
    shown = (await person.get(f"{JOBS}?user=acme&status=failed")).text
    assert re.search(r'href="/console/jobs\?user=acme"[^>]*>all 3<', shown)
    assert re.search(r'href="/console/jobs\?status=completed&amp;user=acme"[^>]*>completed 1<', shown)
    assert re.search(r'aria-current="true">failed 2<', shown)


async def test_a_filter_that_can_t_be_used(person: httpx.AsyncClient) -> None:
    """The page says what is wrong with it, and keeps what was typed."""
    answer = await person.get(f"{JOBS}?since=soon&user=ann")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "must be a time such as" in answer.text
    assert 'value="ann"' in answer.text


async def test_older_jobs(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long list goes on with the same filter, and each job is in it once."""
    monkeypatch.setattr("deckgen.pages.console.jobs.SHOWN", 2)
    for name in "abcde":
        await submit(decks, name)
    path, seen = f"{JOBS}?user=u", []
    while path:
        page = await person.get(path)
        seen.append(listed(page))
        onward = re.search(r'href="([^"]+)">Older<', page.text)
        path = unescape(onward[1]) if onward else ""
        assert "user=u" in path or not path
    assert seen == [["e", "d"], ["c", "b"], ["a"]]


async def test_retry_of_many(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The list leads to a page with the count, which changes nothing; then the jobs are retried, and
    the result can be loaded again.
    """
    ids = await fill(decks, database)
    shown = (await person.get(f"{JOBS}?user=acme&status=failed,completed")).text
    onward = re.search(r'href="([^"]+)">Retry all 2 …<', shown)
    assert onward
    asked = await person.get(unescape(onward[1]))
    assert "Jobs to retry: 2" in asked.text
    assert listed(asked) == ["acme-q3", "acme-q4"]
    assert await status_of(decks, ids["acme-q4"]) is JobStatus.FAILED
    done = await person.post(MANY, **form(**fields_of(asked)))
    assert done.status_code == 303
    for _ in range(2):
        assert "Retried: 2" in (await person.get(done.headers["location"])).text
    assert await status_of(decks, ids["acme-q4"]) is JobStatus.WAITING


async def test_a_count_that_has_changed_meanwhile(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Nothing is changed: the page shows how many match now, and asks once more."""
    first, _ = await failed_jobs(decks, database, "ab")
    asked = await person.get(f"{MANY}?action=retry")
    await fail(database, await submit(decks, "c"))
    again = await person.post(MANY, **form(**fields_of(asked)))
    assert again.status_code == 409
    assert "Other jobs match than a moment ago" in again.text
    assert await status_of(decks, first) is JobStatus.FAILED
    assert fields_of(again)["count"] == "3"
    assert (await person.post(MANY, **form(**fields_of(again)))).status_code == 303
    assert await status_of(decks, first) is JobStatus.WAITING


@pytest.mark.parametrize(
    ("action", "deck", "after"),
    [("cancel", "north-plan", JobStatus.CANCELLED), ("dismiss", "acme-q4", JobStatus.FAILED)],
)
async def test_what_else_is_done_to_many(
    person: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    action: str,
    deck: str,
    after: JobStatus,
) -> None:
    """Jobs are cancelled and dismissed in the same way."""
    ids = await fill(decks, database)
    asked = await person.get(MANY, params={"action": action, "deck": deck})
    done = await person.post(MANY, **form(**fields_of(asked)))
    assert ": 1</h1>" in (await person.get(done.headers["location"])).text
    job = await decks.get_job_status(ids[deck])
    assert job.status is after
    assert (job.dismissed_at is not None) == (action == "dismiss")


async def test_priority_of_many(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """The page asks for the new priority; without one nothing is changed."""
    ids = await fill(decks, database)
    asked = await person.get(f"{MANY}?action=priority")
    assert '<select name="priority">' in asked.text
    assert (await person.post(MANY, **form(**fields_of(asked)))).status_code == 422
    done = await person.post(MANY, **form(**fields_of(asked), priority="9"))
    assert done.status_code == 303
    assert (await decks.get_job_status(ids["north-plan"])).priority == 9


async def test_jobs_that_are_left_alone(person: httpx.AsyncClient) -> None:
    """The result says why, in words; what is no code is not shown."""
    result = f"{MANY}/result?action=retry&matched=3&changed=1&skipped.job_purged=2&skipped.<b>=1"
    shown = (await person.get(result)).text
    assert "2: too little of the job is kept" in shown
    assert "<b>" not in shown.partition("Left alone")[2]


@pytest.mark.parametrize("query", ["", "?action=burn", "?action=priority&user=no%20id"])
async def test_what_can_t_be_asked(person: httpx.AsyncClient, query: str) -> None:
    """It is refused with a page."""
    assert (await person.get(f"{MANY}{query}")).status_code == 422


async def test_one_job(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Its page has the error, the timeline, calls and costs, and only what can be done to it."""
    ids = await fill(decks, database)
    failed = (await person.get(f"{JOBS}/{ids['acme-q4']}")).text
    assert "a quotation mark is never closed" in failed
    assert "The end: failed" in failed
    assert re.findall(r'name="action" value="(\w+)"', failed) == ["retry", "dismiss"]
    running = (await person.get(f"{JOBS}/{ids['north-board']}")).text
    assert "worker b2-31" in running
    assert re.findall(r'name="action" value="(\w+)"', running) == ["cancel"]
    paid = (await person.get(f"{JOBS}/{ids['weekly-9040']}")).text
    assert "large" in paid
    assert "$0.3" in paid
    assert (await person.get(f"{JOBS}/no-job")).status_code == 404


@pytest.mark.parametrize(
    ("action", "deck", "name", "value"),
    [
        ("retry", "acme-q4", "status", JobStatus.WAITING),
        ("cancel", "north-board", "status", JobStatus.CANCELLED),
        ("priority", "north-plan", "priority", 9),
    ],
)
async def test_a_change_of_one_job(
    person: httpx.AsyncClient,
    decks: AsyncOrchestrator,
    database: OwnDatabase,
    action: str,
    deck: str,
    name: str,
    value: object,
) -> None:
    """It is made, and the job is shown again."""
    path = f"{JOBS}/{(await fill(decks, database))[deck]}"
    done = await person.post(path, **form(action=action, priority="9"))
    assert (done.status_code, done.headers["location"]) == (303, path)
    assert getattr(await decks.get_job_status(path.rpartition("/")[2]), name) == value


async def test_a_dismissed_job(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It says so, and can only be retried."""
    path = f"{JOBS}/{(await fill(decks, database))['acme-q4']}"
    await person.post(path, **form(action="dismiss"))
    shown = (await person.get(path)).text
    assert "dismissed" in shown
    assert re.findall(r'name="action" value="(\w+)"', shown) == ["retry"]
    assert (await person.post(path, **form(action="burn"))).status_code == 422
    assert (await person.post(path, **form(action="cancel"))).status_code == 409
