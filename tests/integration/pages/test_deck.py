"""The pages of one deck as a browser without JavaScript has them: proof, share, edits, versions."""

import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from deckgen.domain.decks import Deck
from tests.databases import OwnDatabase
from tests.edited_decks import HOW_MUCH, deck
from tests.people import form, held_in
from tests.stored_decks import complete

DECK = "/decks/d"
EDIT = f"{DECK}/edit/s3"
FELL = "{{C2}} fell by {{f7}} from {{f3}} to {{f1}}"
ROSE = "{{C2}} rose by {{f7}} from {{f3}} to {{f1}}"
HOSTILE = """</textarea></script>"'><img src=x onerror=alert(1)>"""
PAGES = ("", "/proof", "/share", "/order", "/versions", "/ask/s3", "/edit/s3")


def edit(title: str = FELL, base: int = 1, **more: Any) -> dict[str, Any]:
    return form(base=str(base), edit=json.dumps({"slide": {"title": title}, **more}))


async def text_of(reader: httpx.AsyncClient, path: str) -> str:
    answer = await reader.get(f"{DECK}{path}")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def current(reader: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await reader.get("/api/presentations/d/versions")).json()["current"]
    return found


async def stored(reader: httpx.AsyncClient) -> dict[str, Any]:
    found: dict[str, Any] = (await reader.get("/api/presentations/d")).json()["deck"]
    return found


async def test_the_page_of_a_deck(reader: httpx.AsyncClient) -> None:
    """It names file, version and proof, says what to say of a slide, and has every file."""
    page = await text_of(reader, "?slide=s3")
    assert "sales.csv" in page
    assert f"all {len(deck().facts)} numbers proved" in page
    assert 'src="/decks/d.html#slide-3"' in page
    shown = deck().reference_values().filled(deck().slides[2].notes)
    assert shown in page
    for ending in (".pptx", ".pdf", ".json", ".html", "/data.parquet"):
        assert f'href="{DECK}{ending}"' in page
    assert (await reader.get(f"{DECK}/data.parquet")).content[:4] == b"PAR1"
    assert "this server needs a language model" in page


async def test_the_proof(reader: httpx.AsyncClient, database: OwnDatabase) -> None:
    """All is computed again, and what does not hold is named."""
    assert "Everything holds" not in await text_of(reader, "/proof")
    assert "Everything holds" in (await reader.post(f"{DECK}/proof")).text
    wrong = deck().to_json()
    wrong["facts"][0]["value"] = 1
    await complete(database, Deck.model_validate(wrong))
    shown = (await reader.post(f"{DECK}/proof")).text
    assert "Something does not hold" in shown
    assert "does not hold</span>" in shown


async def test_a_link(reader: httpx.AsyncClient) -> None:
    """It is shown once, opens the deck, is listed with its end, and ends when it is revoked."""
    made = await reader.post(f"{DECK}/share", **form(days="7"))
    link = re.search(r'value="(http[^"]+/share/[^"]+)"', made.text)
    assert link
    assert (await reader.get(link[1])).status_code == 200
    listed = await text_of(reader, "/share")
    assert link[1] not in listed
    path = re.search(rf'action="({DECK}/share/[^"]+)"', listed)
    assert path
    assert (await reader.post(path[1], **form(x=""))).status_code == 303
    assert (await reader.get(link[1])).status_code == 410
    assert "End it now" not in await text_of(reader, "/share")
    assert (await reader.post(f"{DECK}/share", **form(days="x"))).status_code == 422


async def test_order_and_hiding(reader: httpx.AsyncClient) -> None:
    """Buttons arrange the slides on the page, and saving makes one version of it."""
    ids = [slide.id for slide in deck().slides]
    sent = {"base": "1", "order": " ".join(ids), "hidden": ""}
    moved = await reader.post(f"{DECK}/order", **form(**sent, do=f"up {ids[2]}"))
    order = re.search(r'name="order" value="([^"]+)"', moved.text)
    assert order
    assert order[1].split()[:3] == [ids[0], ids[2], ids[1]]
    assert (await current(reader))["number"] == 1
    sent = {"base": "1", "order": order[1], "hidden": ids[3]}
    assert (await reader.post(f"{DECK}/order", **form(**sent, do="save"))).status_code == 303
    slides = (await stored(reader))["slides"]
    assert [each["id"] for each in slides] == order[1].split()
    assert [each["id"] for each in slides if each.get("hidden")] == [ids[3]]
    assert (await current(reader))["number"] == 2
    late = await reader.post(f"{DECK}/order", **form(**sent, do="save"))
    assert late.status_code == 409
    assert "Somebody has changed this deck meanwhile" in late.text
    assert f'value="{order[1]}"' in late.text


async def test_an_edit_is_saved_with_its_author(reader: httpx.AsyncClient) -> None:
    """The words of the form are the next version's."""
    page = await text_of(reader, "/edit/s3")
    assert "Editing needs JavaScript" in page
    assert 'contenteditable="false" data-ref="' in page
    saved = await reader.post(EDIT, **edit())
    assert (saved.status_code, saved.headers["location"]) == (303, f"{DECK}?slide=s3")
    assert (await stored(reader))["slides"][2]["title"] == FELL
    assert (await current(reader))["change"] == "edited"


async def test_an_edit_that_is_refused(reader: httpx.AsyncClient) -> None:
    """It comes back with what was written, and with the reason."""
    refused = await reader.post(EDIT, **edit("{{C2}} fell by 12 percent from {{f3}} to {{f1}}"))
    assert refused.status_code == 422
    assert "fell by 12 percent from" in refused.text
    assert "This can’t be saved yet" in refused.text
    broken = await reader.post(EDIT, **form(base="1", edit="["))
    assert broken.status_code == 422
    assert (await current(reader))["number"] == 1


async def test_two_at_once(reader: httpx.AsyncClient) -> None:
    """The second is shown what the first has changed, and saves the same on the new version."""
    await reader.post(EDIT, **edit())
    mine = "{{C2}} sank by {{f7}} from {{f3}} to {{f1}}"
    late = await reader.post(EDIT, **edit(mine))
    assert late.status_code == 409
    assert " sank by " in late.text
    assert deck().reference_values().filled(FELL) in unescape(late.text)
    assert 'name="base" value="2"' in late.text
    assert (await reader.post(EDIT, **edit(mine, base=2))).status_code == 303
    assert (await stored(reader))["slides"][2]["title"] == mine


async def test_the_checks_as_one_types(reader: httpx.AsyncClient) -> None:
    """Each finding is in the page's language, by its code, beside its place."""
    wrong = edit("Umsatz: 12 {{f3}} {{f1}} {{f7}} gut")
    said = (await reader.post(f"{EDIT}/check", **wrong, headers={"Accept-Language": "de"})).json()
    assert said["savable"] is False
    found = [each for sentence in said["sentences"] for each in sentence["findings"]]
    assert {sentence["place"] for sentence in said["sentences"]} == {"title"}
    assert any("Zahlen werden berechnet" in each["words"] for each in found)
    assert (await reader.post(f"{EDIT}/check", **edit())).json()["savable"] is True


async def test_a_number_is_asked_for(reader: httpx.AsyncClient) -> None:
    """It is computed, becomes a fact of the deck, and is computed again when the edit is saved."""
    said = (await reader.post(f"{EDIT}/ask", **form(question=HOW_MUCH))).json()
    facts = said["answers"][0]["facts"]
    assert facts[0]["display"] == "20,880"
    asked = [{"question": HOW_MUCH, "facts": {"f9000": facts[0]["id"]}, "answer": facts}]
    title = "South brought {{f9000}} of {{c2}} in all"
    refused = await reader.post(EDIT, **edit(f"{title} 5", asked=asked))
    assert 'data-ref="f9000" draggable="true">20,880<' in refused.text
    assert (await reader.post(EDIT, **edit(title, asked=asked))).status_code == 303
    assert (await stored(reader))["facts"][-1]["display"] == "20,880"


async def test_an_answer_is_put_on_a_slide(reader: httpx.AsyncClient) -> None:
    """Asked without script: the answer with its query, and then a bullet of the slide."""
    page = await reader.get(f"{DECK}/ask/s3", params={"sentence": HOW_MUCH})
    assert "20,880" in page.text
    assert "SELECT" in page.text
    sent = form(sentence=HOW_MUCH, answer="0", base="1")
    put = await reader.post(f"{DECK}/ask/s3", **sent)
    assert put.status_code == 303, put.text
    after = await stored(reader)
    assert "{{f9000}}" in str(after["slides"][2]["blocks"])
    again = await reader.post(f"{DECK}/ask/s3", **sent)
    assert again.status_code == 409
    no = await reader.get(f"{DECK}/ask/s3", params={"sentence": "What is love?"})
    assert no.status_code == 200
    assert "Put it on this slide" not in no.text


async def test_versions_side_by_side(reader: httpx.AsyncClient) -> None:
    """They are listed with who, when and how; two are compared."""
    await reader.post(EDIT, **edit())
    listed = await text_of(reader, "/versions")
    assert "edited by hand" in listed
    compared = await text_of(reader, "/versions?before=1&after=2")
    assert f"<ins>{deck().reference_values().filled(FELL)}</ins>" in compared
    same = await text_of(reader, "/versions?before=2&after=2")
    assert "These versions are the same." in same
    assert (await reader.get(f"{DECK}/versions?before=1&after=9")).status_code == 404


async def test_a_change_by_sentence(reader: httpx.AsyncClient) -> None:
    """It becomes a job, which the deck's page follows."""
    sent = await reader.post(f"{DECK}/revise/s3", **form(sentence="Plainer, please"))
    assert sent.status_code == 303
    assert "Reading the slide" in await text_of(reader, "")


@pytest.mark.parametrize("path", PAGES)
async def test_in_german(reader: httpx.AsyncClient, path: str) -> None:
    """Each page speaks the browser's language."""
    shown = (await reader.get(f"{DECK}{path}", headers={"Accept-Language": "de"})).text
    assert '<html lang="de">' in shown
    assert ("Zurück zum Deck" if path else "Was zu sagen ist") in shown


async def test_what_people_and_tables_fill_in_is_escaped(
    reader: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """Texts, labels, names and authors are text on each page, and nothing else."""
    tainted = deck().to_json()
    tainted["source"]["name"] = tainted["title"] = tainted["facts"][0]["label"] = HOSTILE
    tainted["facts"][0]["display"] = HOSTILE
    for slide in tainted["slides"]:
        slide["title"] = slide["notes"] = HOSTILE
        slide["edited"] = {"name": HOSTILE, "at": "2026-11-30T09:00:00Z"}
        for column in tainted["source"]["columns"]:
            column["label"] = HOSTILE
    await complete(database, Deck.model_validate(tainted))
    await database.execute("UPDATE deck_versions SET author = $1", HOSTILE)
    pages = [await reader.get(f"{DECK}{path}") for path in PAGES]
    pages += [
        await reader.get(f"{DECK}/ask/s3", params={"sentence": HOSTILE}),
        await reader.post(EDIT, **edit(f"{HOSTILE} 5")),
        await reader.post(f"{DECK}/proof"),
    ]
    for page in pages:
        assert "<img" not in page.text, page.url
        assert "&lt;img src=x" in page.text, page.url


async def test_a_session_that_ends_while_somebody_edits(stranger: httpx.AsyncClient) -> None:
    """The sign-in page holds the edit, and leads back with it."""
    answer = await stranger.post(EDIT, **edit())
    assert answer.status_code == 401
    held = json.loads(held_in(answer))
    assert held["path"] == EDIT
    assert json.loads(dict(held["fields"])["edit"]) == {"slide": {"title": FELL}}
