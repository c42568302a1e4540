"""The console's other pages: overview, workers, costs, webhooks, audit; whose they are, and escapes."""

import re

import httpx
import pytest

from deckgen.domain.access import Scope
from deckgen.queue.service import AsyncOrchestrator
from tests.console_jobs import call, fill
from tests.databases import OwnDatabase
from tests.found_jobs import submit
from tests.keys import new_key
from tests.people import form, sign_in

HOSTILE = """</textarea></script>"'><img src=x onerror=alert(1)>{{ 7*7 }}"""
OF_JOBS = ("/console", "/console/live", "/console/jobs", "/console/costs")
OF_OPERATORS = ("/console/workers", "/console/workers/live")
OF_ADMINS = ("/console/webhooks", "/console/audit")


async def test_the_overview(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It says what waits and runs and came of the last hour, with a chart of the day for everybody."""
    await fill(decks, database)
    shown = (await person.get("/console")).text
    assert re.findall(r'<p class="figure">([^<]*)</p>', shown) == ["1", "1", "2", "2"]
    assert "of 4 slots" in shown
    assert "<code>unreadable_dataset</code>" in shown
    assert "<title>Failed in each half hour of the last day: 2 in all, at most 2</title>" in shown
    assert '<noscript><meta http-equiv="refresh"' in shown
    assert 'hx-trigger="every 10s"' in (await person.get("/console/live")).text


async def test_why_it_is_not_healthy(person: httpx.AsyncClient) -> None:
    """The reasons stand above the figures."""
    shown = (await person.get("/console")).text
    assert "needs attention" in shown
    assert "No worker is running." in shown


async def test_pause_and_resume(person: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """One button pauses the queue, and then resumes it."""
    assert "/console/pause" in (await person.get("/console")).text
    assert (await person.post("/console/pause", **form())).status_code == 303
    assert (await decks.get_queue_status()).paused
    shown = (await person.get("/console")).text
    assert "/console/resume" in shown
    assert "/console/pause" not in shown
    await person.post("/console/resume", **form())
    assert not (await decks.get_queue_status()).paused


async def test_workers(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Each stands there with its jobs, which lead to their pages."""
    assert "No worker is running" in (await person.get("/console/workers")).text
    ids = await fill(decks, database)
    shown = (await person.get("/console/workers")).text
    assert "b2-31" in shown
    assert "1 of 4" in shown
    assert f'href="/console/jobs/{ids["north-board"]}"' in shown


async def test_costs(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """They are those of the days and the user that are looked at; each day has its bar."""
    ann, bob = await submit(decks, "a", user="ann"), await submit(decks, "b", user="bob")
    await call(database, ann, days=3, cost=2.5)
    await call(database, bob, days=20, cost=7.0)
    for query, total, bars in (("", "$9.50", 30), ("?days=7", "$2.50", 7), ("?user=bob", "$7.00", 30)):
        shown = (await person.get(f"/console/costs{query}")).text
        assert f"<dt>Cost</dt><dd>{total}</dd>" in shown
        assert shown.count("<rect") == bars
    for query in ("?days=8", "?user=no%20id"):
        assert (await person.get(f"/console/costs{query}")).status_code == 422


async def test_webhooks(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Endpoints stand there without secrets; what was given up is sent again from both pages."""
    ids = await fill(decks, database)
    shown = (await person.get("/console/webhooks?status=given_up")).text
    assert "https://receiver.example/decks" in shown
    assert "token=secret" not in shown
    assert "The receiver answered 503." in shown
    assert "Nothing was sent" in (await person.get("/console/webhooks?status=delivered")).text
    of_job = f"/console/jobs/{ids['hr-review']}"
    again = re.search(r'action="(/console/deliveries/[^"]+)"', (await person.get(of_job)).text)
    assert again
    done = await person.post(again[1])
    assert (done.status_code, done.headers["location"]) == (303, of_job)
    assert "on its way" in (await person.get(of_job)).text
    still = await person.post(again[1])
    assert still.status_code == 409  # it is still to be sent


async def test_the_audit(person: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """What was done is there, the newest first, by its filter."""
    assert "Nothing was done yet" in (await person.get("/console/audit")).text
    ids = [await submit(decks, name) for name in "abc"]
    for job_id in ids:
        await decks.cancel_job(job_id)
    shown = (await person.get("/console/audit?action=job.cancelled")).text
    assert shown.index(ids[2]) < shown.index(ids[0])
    one = (await person.get("/console/audit", params={"target": ids[1]})).text
    assert ids[1] in one
    assert ids[0] not in one
    assert "Nothing matches" in (await person.get("/console/audit?actor=key:none")).text
    assert (await person.get("/console/audit?since=soon")).status_code == 422


@pytest.mark.parametrize(
    ("scopes", "may"),
    [
        ((Scope.JOBS,), {*OF_JOBS, *OF_OPERATORS}),
        ((Scope.TENANT,), {*OF_ADMINS}),
        ((Scope.READ, Scope.WRITE), set()),
    ],
    ids=["jobs", "tenant", "none"],
)
async def test_what_a_key_opens(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, scopes: tuple[Scope, ...], may: set[str]
) -> None:
    """The pages of its scopes, which the navigation names; others are not theirs."""
    await sign_in(stranger, await new_key(decks, *scopes))
    for path in (*OF_JOBS, *OF_OPERATORS, *OF_ADMINS):
        answer = await stranger.get(path)
        assert (path, answer.status_code) == (path, 200 if path in may else 403)
        if path not in may:
            assert "This page is not yours" in answer.text
        elif not path.endswith("live"):
            named = set(re.findall(r'href="(/console/?\w*)"', answer.text))
            assert named & {*OF_JOBS, *OF_OPERATORS, *OF_ADMINS} <= {*may, "/console"}


async def test_another_tenant(
    stranger: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It sees its own jobs only, and neither the queue nor the workers, which are everybody's."""
    ids = await fill(decks, database)
    await sign_in(stranger, await new_key(decks.of("acme")))
    overview = (await stranger.get("/console")).text
    assert re.findall(r'<p class="figure">([^<]*)</p>', overview) == ["0", "0", "0", "0"]
    assert "Pause the queue" not in overview
    assert "No jobs yet" in (await stranger.get("/console/jobs")).text
    assert (await stranger.get(f"/console/jobs/{ids['acme-q4']}")).status_code == 404
    assert (await stranger.post("/console/pause", **form())).status_code == 403
    assert (await stranger.get("/console/workers")).status_code == 403
    assert "receiver.example" not in (await stranger.get("/console/webhooks")).text


async def test_what_people_and_tables_fill_in_is_escaped(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Briefs, errors, workers, endpoints and what is searched are text on every page."""
    ids = await fill(decks, database, HOSTILE)
    for statement in (
        "UPDATE jobs SET error_code = $1 WHERE error_code IS NOT NULL",
        "UPDATE job_attempts SET worker_id = $1",
        "UPDATE workers SET id = $1",
        "UPDATE webhook_endpoints SET url = 'https://a.example/' || $1",
        "UPDATE model_calls SET model = $1",
    ):
        await database.execute(statement, HOSTILE)
    query = {"q": HOSTILE, "user": HOSTILE, "deck": HOSTILE, "code": HOSTILE, "since": HOSTILE}
    asked = [await person.get(path) for path in (*OF_JOBS, *OF_OPERATORS, *OF_ADMINS)]
    asked += [await person.get(f"/console/jobs/{job_id}") for job_id in ids.values()]
    asked += [await person.get(f"/console/jobs/many?action={each}") for each in ("retry", "cancel")]
    asked.append(await person.get("/console/jobs", params=query))
    asked.append(await person.get("/console/jobs/many", params=query | {"action": HOSTILE}))
    asked.append(await person.get("/console/audit", params={"actor": HOSTILE, "since": HOSTILE}))
    asked.append(await person.get("/console/costs", params={"user": HOSTILE}))
    assert [answer.url for answer in asked if answer.status_code == 500] == []
    assert [answer.url for answer in asked if "<img" in answer.text] == []
    assert [answer.url for answer in asked if "}}49" in answer.text or ">49<" in answer.text] == []
    assert sum("&lt;img src=x" in answer.text for answer in asked) > 10


@pytest.mark.parametrize("path", [*OF_JOBS, *OF_OPERATORS, *OF_ADMINS])
async def test_in_german(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase, path: str
) -> None:
    """Each page speaks the browser's language."""
    await fill(decks, database)
    shown = await person.get(path, headers={"Accept-Language": "de"})
    assert shown.status_code == 200
    assert re.search("Übersicht|Stand|vor", shown.text)
    assert not re.search("Overview|as of|started", shown.text)
