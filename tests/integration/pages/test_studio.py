"""The studio and the console as a browser without JavaScript has them."""

import re
from html import unescape
from typing import Any

import httpx
import pytest

from deckgen.queue.service import AsyncOrchestrator
from tests.databases import OwnDatabase
from tests.decks import brief_deck, sample_deck
from tests.found_jobs import fail
from tests.people import form
from tests.stored_decks import complete

CSV = "region,sales\nNorth,10\nSouth,20\n"
FAILED = "UPDATE presentations SET status = 'error', error_message = $1"
HOSTILE = """</textarea></script>"'><img src=x onerror=alert(1)>{{ 7*7 }}"""


async def made(person: httpx.AsyncClient, question: str = "Which regions grew?") -> str:
    """The path of the page of a deck that was asked for."""
    sent: dict[str, Any] = {"data": {"question": question}, "files": {"csvData": ("sales.csv", CSV)}}
    answer = await person.post("/", **sent)
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def test_a_form_makes_a_deck(person: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """Question and table become a job as by the API, and lead to the deck's page, which says so."""
    path = await made(person)
    assert re.fullmatch("/decks/which-regions-grew-[a-z0-9]{8}", path)
    (job,) = (await decks.find_jobs({})).jobs
    assert path == f"/decks/{job.deck_id}"
    assert job.brief == "Which regions grew?"
    shown = (await person.get(path)).text
    assert "Your deck is on its way" in shown
    assert "Reading the table" in shown  # a step that only a table has
    assert '<noscript><meta http-equiv="refresh"' in shown


async def test_a_deck_is_cancelled_from_its_page(
    person: httpx.AsyncClient, decks: AsyncOrchestrator
) -> None:
    """The button of a waiting deck ends its job; the page then says so, and offers a new deck."""
    path = await made(person)
    assert f'action="{path}/cancel"' in (await person.get(path)).text
    answer = await person.post(f"{path}/cancel", **form(sent=""))
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    (job,) = (await decks.find_jobs({})).jobs
    assert job.status == "cancelled"
    shown = (await person.get(path)).text
    assert "This deck was cancelled" in shown
    assert f'action="{path}/cancel"' not in shown


async def test_a_large_file(person: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """A file that is read in a process of its own makes a deck as well."""
    large = "region,sales\n" + "North,1\n" * 10_000
    sent: dict[str, Any] = {"data": {"question": "How?"}, "files": {"csvData": ("a.csv", large)}}
    assert (await person.post("/", **sent)).status_code == 303


async def test_a_form_that_can_t_be_used(person: httpx.AsyncClient, decks: AsyncOrchestrator) -> None:
    """It comes back, says why, and makes nothing."""
    answer = await person.post("/", **form(question=" "))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (await decks.find_jobs({})).jobs == []


async def test_a_deck_with_its_files(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """Its page shows the slides and leads to its files; each is served beside it."""
    await complete(database, sample_deck())
    page = (await person.get("/decks/d")).text
    assert '<iframe class="slides" src="/decks/d.html"' in page
    kinds = {".html": "text/html", ".pptx": "application/vnd", ".json": "application/json"}
    for ending, kind in kinds.items():
        assert f'href="/decks/d{ending}"' in page
        served = await person.get(f"/decks/d{ending}")
        assert served.status_code == 200
        assert served.headers["content-type"].startswith(kind)


async def test_a_program_gets_the_slides(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """What asks for no page gets the deck itself at the address of its page, as it always did."""
    await complete(database, sample_deck())
    slides = await person.get("/decks/d", headers={"Accept": "*/*"})
    assert slides.content == (await person.get("/api/presentations/d.html")).content


async def test_a_deck_that_failed(
    person: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """It says why, is not asked for again and again, and goes on when it is told to."""
    path = await made(person)
    (job,) = (await decks.find_jobs({})).jobs
    await fail(database, job.job_id)
    await database.execute(FAILED, "No <numbers>.")
    shown = (await person.get(path)).text
    assert "This deck could not be made" in shown
    assert "No &lt;numbers&gt;." in shown
    assert "refresh" not in shown
    part = await person.get(f"{path}/progress", headers={"HX-Request": "true"})
    assert part.headers["hx-refresh"] == "true"
    assert (await person.post(f"{path}/retry", **form(sent=""))).headers["location"] == path
    assert "Your deck is on its way" in (await person.get(path)).text


async def test_my_decks(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """The newest first, each by its question; a search finds words of the question."""
    assert "No decks yet" in (await person.get("/decks")).text
    for question in ("Which regions grew?", "Where do we lose margin?"):
        await made(person, question)
    listed = (await person.get("/decks")).text
    assert listed.index("lose margin") < listed.index("regions grew")
    found = (await person.get("/decks?q=margin")).text
    assert "lose margin" in found
    assert "regions grew" not in found
    assert "No deck matches “zebra”" in (await person.get("/decks?q=zebra")).text
    assert "No deck matches “?”" in (await person.get("/decks?q=?")).text


async def test_older_decks(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """A long list goes on at the deck after the last one, and each deck is in it once."""
    for number in range(60):
        await complete(database, brief_deck(), f"deck-{number:02}")
    first = (await person.get("/decks")).text
    onward = re.search(r'href="(/decks\?after=[^"]+)"', first)
    assert onward
    second = (await person.get(unescape(onward[1]))).text
    named = [set(re.findall(r'href="/decks/(deck-\d\d)"', text)) for text in (first, second)]
    assert [len(each) for each in named] == [50, 10]
    assert len(named[0] | named[1]) == 60


async def test_what_people_fill_in_is_escaped(person: httpx.AsyncClient, database: OwnDatabase) -> None:
    """A question, a file's name, an error or a search is text on every page, and nothing else."""
    sent: dict[str, Any] = {"data": {"question": HOSTILE}, "files": {"csvData": (HOSTILE, CSV)}}
    path = (await person.post("/", **sent)).headers["location"]
    await database.execute(FAILED, HOSTILE)
    refused = await person.post("/", **form(question=HOSTILE * 100))
    pages = [
        *[(await person.get(each)).text for each in (path, "/decks", f"/decks/{HOSTILE}")],
        (await person.get("/decks", params={"q": HOSTILE})).text,
        (await person.get("/sign-in", params={"next": f"/{HOSTILE}"}, follow_redirects=True)).text,
        refused.text,
    ]
    assert all("<img" not in page and "49" not in re.sub(r"[\w-]*49[\w-]+", "", page) for page in pages)
    assert "&lt;img src=x" in pages[1]


@pytest.mark.parametrize("path", ["/", "/decks", "/console", "/decks/none"])
async def test_in_german(person: httpx.AsyncClient, path: str) -> None:
    """Each page speaks the browser's language."""
    shown = (await person.get(path, headers={"Accept-Language": "de-DE,en;q=0.5"})).text
    assert '<html lang="de">' in shown
    assert "Meine Decks" in shown
