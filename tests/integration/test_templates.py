"""Templates of a tenant over HTTP: uploaded in versions, worn by decks, removed."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import httpx
import pytest
from pptx import Presentation
from pydantic import HttpUrl

from deckgen.cli.templates import uploaded
from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.dev.screen import Screen
from deckgen.domain.access import LOCAL_TENANT, Scope
from deckgen.domain.briefs import Brief
from deckgen.domain.errors import InvalidRequest
from deckgen.domain.presentations import PRESENTATION
from deckgen.orchestrator import app as orchestrator
from deckgen.queue.service import AsyncOrchestrator
from deckgen.store import templates
from deckgen.web.app import create_app
from tests.asked import assert_problem
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck
from tests.hostile_templates import REFUSED, as_template, sound
from tests.keys import new_key, with_key
from tests.serving import serving
from tests.stored_decks import add_template, complete
from tests.templates import TEMPLATES
from tests.tenants import ACME, BETA

FILE = {"Content-Type": PRESENTATION}
ONE = "/api/templates/house"


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """An API before an orchestrator, which reads templates."""
    async with serving(orchestrator.create_app(settings)) as url:
        before = settings.model_copy(update={"orchestrator_url": HttpUrl(url)})
        async with serving(create_app(before)) as address, patient(address) as http:
            yield http


async def put(api: httpx.AsyncClient, content: bytes, path: str = ONE) -> httpx.Response:
    return await api.put(path, content=content, headers=FILE)


def size_of(content: bytes) -> tuple[int, int]:
    presentation = Presentation(BytesIO(content))
    assert presentation.slide_width
    assert presentation.slide_height
    return presentation.slide_width // 12_700, presentation.slide_height // 12_700


async def test_an_upload_is_read_and_kept_in_versions(api: httpx.AsyncClient) -> None:
    """What was read is told; the same file again is no new version, another one is."""
    first = await put(api, as_template(sound()))
    assert first.status_code == 200, first.text
    assert first.json()["version"] == 1
    assert first.json()["reading"]["layouts"][0]["archetypes"] == ["title"]
    assert (await put(api, as_template(sound()))).json()["version"] == 1
    second = (await put(api, TEMPLATES["dark"]())).json()
    assert [each["version"] for each in second["versions"]] == [2, 1]
    assert (await api.get(ONE)).json() == second
    assert (await api.get(f"{ONE}@1")).json()["reading"] == first.json()["reading"]
    listed = (await api.get("/api/templates")).json()["templates"]
    assert [(each["name"], each["version"]) for each in listed] == [("house", 2)]


async def test_an_export_wears_a_template(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """In each form; the latest version by the name alone, and a deck keeps its own version."""
    await put(api, TEMPLATES["default"]())
    await put(api, TEMPLATES["small-page"]())
    await complete(database, brief_deck())
    for asked, size in (("house@1", (720, 540)), ("house", (720, 405)), ("", (960, 540))):
        answer = await api.get("/api/presentations/d.pptx", params={"template": asked})
        assert answer.status_code == 200
        assert size_of(answer.content) == size
    page = await api.get("/decks/d?template=house@1")
    assert "aspect-ratio: 720 / 540" in page.text
    assert '"Calibri"' in page.text
    assert (await api.get("/api/presentations/d.pdf?template=house")).content[:4] == b"%PDF"
    answer = await api.get("/api/presentations/d.pptx?template=nobody")
    assert_problem(answer, 422, "unknown_template")


async def test_a_deck_remembers_its_version(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """It wears that one until it is removed, then the standard theme, and the client is told by
    the tag."""
    await put(api, TEMPLATES["default"]())
    await put(api, TEMPLATES["small-page"]())
    deck = brief_deck()
    brief = Brief.model_validate({**deck.brief.to_json(), "template": "house@1"})
    await complete(database, deck.model_copy(update={"brief": brief}))
    worn = await api.get("/api/presentations/d.pptx")
    assert size_of(worn.content) == (720, 540)
    known = {"If-None-Match": worn.headers["ETag"]}
    assert (await api.get("/api/presentations/d.pptx", headers=known)).status_code == 304
    assert size_of((await api.get("/api/presentations/d.pptx?theme=room")).content) == (960, 540)
    removed = await api.delete(f"{ONE}@1")
    assert removed.json() == {"name": "house", "removed": [1]}
    bare = await api.get("/api/presentations/d.pptx", headers=known)
    assert bare.status_code == 200
    assert size_of(bare.content) == (960, 540)
    assert_problem(await api.get(f"{ONE}@1"), 404, "template_not_found")


async def test_a_reading_of_another_release_is_not_worn(
    api: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """Themes may have other fields there: the deck is drawn all the same."""
    await put(api, TEMPLATES["default"]())
    await complete(database, brief_deck())
    await database.execute("UPDATE templates SET reading = jsonb_set(reading, '{theme,sparkle}', '1')")
    answer = await api.get("/api/presentations/d.pptx?template=house")
    assert answer.status_code == 200
    assert size_of(answer.content) == (960, 540)


async def test_a_removed_version_leaves_its_number(api: httpx.AsyncClient) -> None:
    """No later upload takes its place in decks that name it."""
    await put(api, sound())
    assert (await api.delete(ONE)).json()["removed"] == [1]
    assert_problem(await api.get(ONE), 404, "template_not_found")
    assert (await put(api, sound())).json()["version"] == 2
    assert_problem(await api.delete("/api/templates/nobody"), 404, "template_not_found")


async def test_a_request_means_the_version_of_its_time(
    api: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """A name becomes a version when the job is accepted; the same key sent again finds the same job."""
    await put(api, sound())
    body = {
        "deckId": "n",
        "userId": "u",
        "context": {"businessContext": "How are sales?", "template": "house"},
    }
    headers = {"Idempotency-Key": "k"}
    first = await api.post("/api/ai/generate-async", json=body, headers=headers)
    assert first.status_code == 202
    brief = await database.fetchval("SELECT context FROM jobs WHERE deck_id = 'n'")
    assert brief["template"] == "house@1"
    await put(api, TEMPLATES["dark"]())
    again = await api.post("/api/ai/generate-async", json=body, headers=headers)
    assert again.json()["jobId"] == first.json()["jobId"]
    for named, code in (("nobody", "unknown_template"), ("A b", "invalid_request")):
        body["context"] = {"businessContext": "How are sales?", "template": named}
        assert_problem(await api.post("/api/ai/generate-async", json=body), 422, code)


@pytest.mark.parametrize("attack", ["half a file", "macros", "declared entities", "upright slides"])
async def test_what_can_not_be_used_is_refused(attack: str, api: httpx.AsyncClient) -> None:
    """With its code, and nothing is kept."""
    make, code = REFUSED[attack]
    assert_problem(await put(api, make()), 422, code)
    assert (await api.get("/api/templates")).json() == {"templates": []}


async def test_what_is_too_much_is_refused(api: httpx.AsyncClient) -> None:
    """Too many layouts by the reader, too many bytes before anything is read."""
    make, code = REFUSED["very many layouts"]
    assert_problem(await put(api, make()), 413, code)
    assert_problem(await put(api, b"P" * 20_000_001), 413, "body_too_large")
    assert_problem(await put(api, sound(), "/api/templates/A%20b"), 404, "template_not_found")


async def test_a_tenant_has_no_more_than_its_share(
    api: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond it nothing is added until something is removed; the latest version may come again."""
    monkeypatch.setattr(templates, "MAX_VERSIONS", 1)
    await put(api, sound())
    assert_problem(await put(api, TEMPLATES["dark"]()), 409, "too_many_templates")
    assert (await put(api, sound())).json()["version"] == 1
    assert (await api.delete(ONE)).status_code == 200
    assert (await put(api, TEMPLATES["dark"]())).status_code == 200


async def test_templates_are_a_tenants(
    settings: Settings, decks: AsyncOrchestrator, database: OwnDatabase
) -> None:
    """Others see none of them; its users wear them and change none."""
    await add_template(database.of(ACME), "house")
    keys = {
        "ann": await new_key(decks.of(ACME), user_id="ann"),
        "reader": await new_key(decks.of(ACME), Scope.READ),
        "beta": await new_key(decks.of(BETA)),
    }
    keyed = settings.model_copy(update={"auth": "keys"})
    async with serving(create_app(keyed)) as address, patient(address) as http:
        for name, status in (("ann", 200), ("reader", 200), ("beta", 404)):
            assert (await http.get(ONE, headers=with_key(keys[name]))).status_code == status
        for name, status in (("ann", 403), ("reader", 403), ("beta", 404)):
            assert (await http.delete(ONE, headers=with_key(keys[name]))).status_code == status
        none = await http.get("/api/templates", headers=with_key(keys["beta"]))
        assert none.json() == {"templates": []}
    with pytest.raises(InvalidRequest, match=r"names no template of yours"):
        await decks.of(BETA).templates.find("house", "template")


async def test_nothing_is_added_while_the_tenant_is_deleted(
    api: httpx.AsyncClient, database: OwnDatabase
) -> None:
    """As with jobs and keys: what came in then would stay."""
    await database.execute(
        "INSERT INTO deletions (tenant_id, what, target_id) VALUES ('local', 'tenant', 'local')"
    )
    assert_problem(await put(api, sound()), 409, "being_deleted")


async def test_a_link_wears_what_its_deck_wears(api: httpx.AsyncClient, database: OwnDatabase) -> None:
    """Whoever has it sees the tenant's template, and may ask for another of its looks."""
    await put(api, TEMPLATES["small-page"]())
    deck = brief_deck()
    brief = Brief.model_validate({**deck.brief.to_json(), "template": "house@1"})
    await complete(database, deck.model_copy(update={"brief": brief}))
    link = (await api.post("/api/presentations/d/shares", json={})).json()["url"]
    assert size_of((await api.get(f"{link}.pptx")).content) == (720, 405)
    assert size_of((await api.get(f"{link}.pptx?theme=clear")).content) == (960, 540)
    assert_problem(await api.get(f"{link}.pptx?template=nobody"), 422, "unknown_template")


async def test_the_command_line_uploads_a_file(api: httpx.AsyncClient, tmp_path: Path) -> None:
    """And says what was read from it; a template's name is taken as it is."""
    file = tmp_path / "Acme 2024.potx"
    file.write_bytes(as_template(TEMPLATES["small-page"]()))
    told = StringIO()
    with Client(str(api.base_url)) as client:
        upload = partial(uploaded, Screen(file=told), client)
        assert await asyncio.to_thread(upload, str(file)) == "acme-2024@1"
        assert "Acme Grotesk is not installed" in " ".join(told.getvalue().split())
        assert await asyncio.to_thread(upload, "acme-2024") == "acme-2024"


async def test_who_changed_templates_is_in_the_audit(api: httpx.AsyncClient) -> None:
    """What was added and what was removed, by its version."""
    await put(api, sound())
    await api.delete(ONE)
    entries = (await api.get("/api/audit")).json()["entries"]
    assert [(each["action"], each["target"]["id"]) for each in entries[:2]] == [
        ("template.removed", "house@1"),
        ("template.added", "house@1"),
    ]


async def test_a_deleted_tenant_has_none(decks: AsyncOrchestrator, database: OwnDatabase) -> None:
    """They go with all else, what is left of removed ones too, and are counted."""
    acme = decks.of(ACME)
    await add_template(database.of(ACME), "house")
    await add_template(database.of(ACME), "gone")
    await acme.templates.remove("gone")
    await add_template(database.of(LOCAL_TENANT), "house")
    assert (await acme.deletions.tenant()).counts.templates == 1
    assert await database.fetchval("SELECT count(*) FROM templates") == 1
