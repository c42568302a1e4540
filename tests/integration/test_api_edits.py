"""Edits of a deck by hand over HTTP: saved as versions, checked as one types, refused when too late."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.domain.editing import EditCheck, EditedDeck, EditOutcome
from deckgen.domain.errors import Conflict, InvalidRequest
from deckgen.domain.job_kinds.revise import RevisionRequest
from deckgen.domain.signing import check_signature
from deckgen.domain.signing_keys import PrivateKey, to_base64url
from deckgen.orchestrator import app as orchestrator
from deckgen.queue import previews
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.asking_api import before
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.edited_decks import HOW_MUCH, SALES, deck
from tests.serving import serving
from tests.serving_decks import serving_deck
from tests.stored_decks import complete, complete_with_table

DECK = "/api/presentations/d"
EDITS, CHECK, VERSIONS = f"{DECK}/edits", f"{DECK}/edits/check", f"{DECK}/versions"
FELL = "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}"
ROSE = "{{C2}} rose by {{f7}} from {{f3}} to {{f1}}"


@pytest.fixture
async def url(settings: Settings, database: OwnDatabase) -> AsyncIterator[str]:
    """An API before an orchestrator, with a deck."""
    async with serving_deck(settings, database) as address:
        yield address


@pytest.fixture
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with patient(url) as http:
        yield http


def edit(title: str = FELL, version: int = 1, **more: Any) -> dict[str, Any]:
    return {"baseVersion": version, "slides": [{"id": "s3", "title": title}], **more}


async def test_an_edit_is_a_version(client: httpx.AsyncClient, database: OwnDatabase) -> None:
    """It has its number, its author, its time and its kind; the deck before it stays readable."""
    answer = await client.post(EDITS, json=edit(userId="ann"))
    assert answer.status_code == 200, answer.text
    saved = EditedDeck.model_validate(answer.json())
    assert (saved.version, saved.changed, saved.deck.slides[2].title) == (2, True, FELL)
    assert saved.deck.edited
    assert saved.deck.edited.name == "ann"
    listed = (await client.get(VERSIONS)).json()
    assert [each["number"] for each in listed["versions"]] == [1]
    current = listed["current"]
    assert (current["number"], current["change"], current["author"]) == (2, "edited", "ann")
    stored = (await client.get(DECK)).json()["deck"]
    assert stored == answer.json()["deck"]
    assert (await client.get(f"{VERSIONS}/2")).json() == stored
    assert (await client.get(f"{VERSIONS}/1")).json() == deck().to_json()
    (entry,) = await database.fetch("SELECT action, details FROM audit_log")
    assert (entry["action"], entry["details"]) == ("deck.edited", {"version": 2})
    assert (await client.post(f"{DECK}/verify")).json()["verified"] is True


async def test_a_fact_is_computed_when_it_is_saved(client: httpx.AsyncClient) -> None:
    """The answer to a question gives it, whatever is sent along."""
    answer = (await client.post(f"{DECK}/ask", json={"question": HOW_MUCH, "language": "en"})).json()
    facts = answer["answers"][0]["facts"]
    facts[0] |= {"display": "1", "value": 1}
    asked = [{"question": HOW_MUCH, "facts": {"f9000": facts[0]["id"]}, "answer": facts}]
    body = edit("South brought {{f9000}} of {{c2}} in all", asked=asked)
    assert (await client.post(CHECK, json=_unsaved(body))).json()["savable"] is True
    saved = (await client.post(EDITS, json=body)).json()
    assert "deck" in saved, saved
    assert saved["deck"]["facts"][-1]["display"] == "20,880"
    assert saved["deck"]["asked"] == [{"question": HOW_MUCH, "facts": {"f9000": "f1"}}]
    assert (await client.post(f"{DECK}/verify")).json()["verified"] is not False


def _unsaved(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in ("baseVersion", "userId")}


async def test_a_check_changes_nothing(client: httpx.AsyncClient) -> None:
    """It says what would be refused, and against which version it looked."""
    answer = await client.post(CHECK, json=_unsaved(edit(ROSE)))
    assert answer.headers["Cache-Control"] == "no-store"
    check = EditCheck.model_validate(answer.json())
    assert (check.savable, check.version) == (False, 1)
    assert [each.code for each in check.sentences[0].findings] == ["claim_contradicted"]
    assert (await client.get(VERSIONS)).json()["versions"] == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("{{C2}} fell to 8,340 in {{f1}}", "numeral_without_reference"),
        ("{{C2}} fell to {{f77}} in {{f1}}", "unknown_reference"),
        (ROSE, "claim_contradicted"),
        ("Orders came to {{f2}} in {{f1}}", "number_of_something_else"),
        ("{{C2}} fell to -{{f2}} in {{f1}}", "edit_refused"),
    ],
)
async def test_what_is_refused(client: httpx.AsyncClient, title: str, code: str) -> None:
    """The code says why, and the errors where; there is no version of it."""
    refused = await client.post(EDITS, json=edit(title))
    assert_problem(refused, 422, code)
    assert refused.json()["errors"][0]["field"] == "slides.s3.title"
    assert (await client.get(VERSIONS)).json()["current"]["number"] == 1


async def test_two_people_at_once(client: httpx.AsyncClient) -> None:
    """One is saved; the other is told what differs, with both texts, and nothing is overwritten."""
    other = "{{C2}} fell by {{f7}} in {{f1}}"
    answers = await asyncio.gather(
        *(
            client.post(EDITS, json=edit(title, userId=who))
            for title, who in ((FELL, "ann"), (other, "bob"))
        )
    )
    first, second = sorted(answers, key=lambda answer: answer.status_code)
    assert first.status_code == 200
    assert_problem(second, 409, "deck_changed")
    difference = second.json()["difference"]
    assert (difference["before"], difference["after"]) == (1, 2)
    (text,) = difference["slides"][0]["texts"]
    assert text["before"]["text"] == deck().slides[2].title
    assert text["after"]["text"] == first.json()["deck"]["slides"][2]["title"]
    third = edit("{{f9}} brings {{f11}} of {{c2}} in {{f1}}", version=2, userId="bob")
    again = await client.post(EDITS, json=third)
    assert again.json()["version"] == 3


async def test_an_edit_that_was_overtaken_while_it_was_checked(
    client: httpx.AsyncClient, database: OwnDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is saved upon the very deck that was checked: what came in between is not lost."""
    work = previews.edit

    async def overtaken(*arguments: Any) -> EditOutcome:
        outcome = await work(*arguments)
        monkeypatch.undo()
        assert (await client.post(EDITS, json=edit("{{C2}} fell by {{f7}}"))).status_code == 200
        return outcome

    monkeypatch.setattr(previews, "edit", overtaken)
    assert_problem(await client.post(EDITS, json=edit()), 409, "deck_changed")
    assert await database.fetchval("SELECT count(*) FROM deck_versions") == 1


async def test_a_job_that_came_while_it_was_checked(
    client: httpx.AsyncClient, decks: AsyncOrchestrator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job goes on with the deck that it was accepted for."""
    work = previews.edit

    async def overtaken(*arguments: Any) -> EditOutcome:
        outcome = await work(*arguments)
        request = RevisionRequest(deck_id="d", user_id="u", slide_id="s3", instruction="Shorter.")
        await decks.submit(request)
        return outcome

    monkeypatch.setattr(previews, "edit", overtaken)
    assert_problem(await client.post(EDITS, json=edit()), 409, "deck_in_work")
    assert (await client.get(VERSIONS)).json()["current"]["number"] == 1


async def test_a_job_at_work(
    client: httpx.AsyncClient, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """A deck that a job changes just now is not edited; afterwards it is."""
    request = RevisionRequest(deck_id="d", user_id="u", slide_id="s3", instruction="Shorter.")
    job = await decks.submit(request)
    assert_problem(await client.post(EDITS, json=edit()), 409, "deck_in_work")
    assert (await client.post(CHECK, json=_unsaved(edit()))).status_code == 200
    await decks.cancel_job(job.job_id)
    assert (await client.post(EDITS, json=edit())).status_code == 200


async def test_nothing_changes(client: httpx.AsyncClient) -> None:
    """No version is made of an edit that says what there is."""
    same = (await client.post(EDITS, json=edit(deck().slides[2].title))).json()
    assert (same["version"], same["changed"]) == (1, False)
    assert (await client.get(VERSIONS)).json()["versions"] == []


async def test_versions_are_compared(client: httpx.AsyncClient) -> None:
    """In either direction; a number that none has is not found."""
    await client.post(EDITS, json=edit(order=["s1", "s4", "s2", "s3", "s5", "s6"]))
    found = (await client.get(f"{VERSIONS}/1/compare/2")).json()
    assert [(each["id"], each["changes"]) for each in found["slides"]] == [
        ("s4", ["moved"]),
        ("s3", ["changed"]),
    ]
    back = (await client.get(f"{VERSIONS}/2/compare/1")).json()
    (text,) = next(each["texts"] for each in back["slides"] if each["id"] == "s3")
    assert (text["before"]["text"], text["after"]["text"]) == (FELL, deck().slides[2].title)
    assert_problem(await client.get(f"{VERSIONS}/1/compare/3"), 404, "version_not_found")
    assert_problem(await client.get(f"{VERSIONS}/x/compare/1"), 404, "version_not_found")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_request"),
        ({"baseVersion": 0}, "invalid_request"),
        ({"baseVersion": 1, "slides": [{"title": FELL}]}, "invalid_request"),
        ({"baseVersion": 1, "asked": [{"question": "x", "facts": {"f1": "f1"}}]}, "invalid_request"),
        (edit(order=["s1"]), "order_incomplete"),
        ({"baseVersion": 1, "slides": [{"id": "s3", "texts": {"source": "x"}}]}, "text_not_found"),
    ],
    ids=str,
)
async def test_what_is_no_edit(client: httpx.AsyncClient, body: Any, code: str) -> None:
    """It is refused with what to do, whether it is saved or checked."""
    assert_problem(await client.post(EDITS, json=body), 422, code)


async def test_decks_that_there_are_not(client: httpx.AsyncClient, database: OwnDatabase) -> None:
    """No deck, and none yet."""
    nowhere = "/api/presentations/nowhere/edits"
    assert_problem(await client.post(nowhere, json=edit()), 404, "deck_not_found")
    await database.execute(
        "UPDATE presentations SET final_deck_json = NULL, status = 'queued', completed_at = NULL"
    )
    assert_problem(await client.post(EDITS, json=edit()), 409, "deck_not_completed")


async def test_a_deck_of_a_brief_alone(client: httpx.AsyncClient, database: OwnDatabase) -> None:
    """Its words are edited like others; there is nothing to ask."""
    await complete(database, brief_deck(), "alone")
    path = "/api/presentations/alone/edits"
    words = {"baseVersion": 1, "slides": [{"id": "s4", "title": "Collect what our readers say first"}]}
    assert (await client.post(path, json=words)).status_code == 200
    asked = {**words, "baseVersion": 2, "asked": [{"question": HOW_MUCH, "facts": {"f9000": "f1"}}]}
    assert_problem(await client.post(path, json=asked), 409, "deck_has_no_table")


async def test_without_an_orchestrator(settings: Settings, database: OwnDatabase) -> None:
    """Nothing is saved unchecked."""
    await complete_with_table(database, deck(), SALES.encode())
    async with serving(create_app(settings)) as url, patient(url) as http:
        assert_problem(await http.post(EDITS, json=edit()), 503, "orchestrator_unreachable")
    assert await database.fetchval("SELECT count(*) FROM deck_versions") == 0


async def test_from_python(url: str) -> None:
    """The same by the client: answers are documents, refusals the classes of errors."""

    def by_client() -> None:
        with Client(url) as http:
            assert http.check_edit("d", _unsaved(edit())).savable
            assert http.edit("d", edit()).version == 2
            with pytest.raises(Conflict, match="version 2 now"):
                http.edit("d", edit(ROSE))
            with pytest.raises(InvalidRequest, match="rose"):
                http.edit("d", edit(ROSE, version=2))
            listed = http.versions("d")
            assert listed.current
            assert listed.current.number == 2
            assert [each.id for each in http.compare_versions("d", 1, 2).slides] == ["s3"]

    await asyncio.to_thread(by_client)


async def test_a_saved_edit_is_signed(settings: Settings, database: OwnDatabase) -> None:
    """By the instance that saved it, if its key is at hand, so that its marks can be believed."""
    await complete_with_table(database, deck(), SALES.encode())
    seed = to_base64url(PrivateKey.generate().seed)
    async with serving(orchestrator.create_app(settings)) as behind:
        signing = before(settings, behind).model_copy(update={"deck_signing_key": SecretStr(seed)})
        async with serving(create_app(signing)) as address, patient(address) as http:
            saved = (await http.post(EDITS, json=edit())).json()["deck"]
    key_id = saved["signature"]["keyId"]
    sha256 = saved["source"]["sha256"]
    report = check_signature(saved, table_sha256=sha256, trusted={key_id: "here"})
    assert (report.status, report.signer) == ("valid", "here")
