"""Pages and PowerPoint files over HTTP: rendered once, sent again only to who has not got them."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from starlette.requests import Request
from starlette.responses import Response

from deckgen.config.settings import Settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.domain.decks import Deck
from deckgen.export import exports
from deckgen.export.exports import Export
from deckgen.export.formats import document, page
from deckgen.export.html.viewer import CONTENT_SECURITY_POLICY
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.look import Look
from deckgen.export.themes.theme import theme
from deckgen.queue.service import AsyncOrchestrator
from deckgen.web.app import create_app
from deckgen.web.exports import Exports
from deckgen.web.presentations import anew_if_replaced
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import brief_deck, sample_deck
from tests.serving import serving
from tests.stored_decks import complete

PAGE, FILE, DOCUMENT = "/decks/d", "/api/presentations/d.pptx", "/api/presentations/d"
ALL = (PAGE, FILE, DOCUMENT)


def page_of(deck: Deck) -> bytes:
    """The page that the API serves, with the paths of the deck's other forms."""
    return page.FORMAT.render(deck.to_json(), "", Look(theme()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "exports"


@pytest.fixture
def caching(settings: Settings, folder: Path) -> Settings:
    return settings.model_copy(update={"export_cache_dir": folder})


@pytest.fixture
async def api(caching: Settings) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        serving(create_app(caching)) as address,
        patient(address) as client,
    ):
        yield client


@pytest.fixture
async def deck(database: OwnDatabase) -> Deck:
    await complete(database, brief_deck())
    return brief_deck()


def another() -> Deck:
    """As short as the other: how a long deck is drawn is no matter here."""
    return brief_deck().model_copy(update={"title": "Another deck"})


def files(folder: Path) -> dict[str, int]:
    """Each file and its inode, which is another one if it is written again."""
    return {path.name: path.stat().st_ino for path in folder.glob("*/*")}


def damage(folder: Path) -> None:
    """The last byte of the only file is another one."""
    (path,) = folder.glob("*/*")
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def decks_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("path", ALL)
async def test_rendered_once(
    api: httpx.AsyncClient, deck: Deck, folder: Path, caching: Settings, path: str
) -> None:
    """The second reader gets the same bytes from the file, of any process that shares the folder."""
    first = await api.get(path)
    written = files(folder)
    async with (
        serving(create_app(caching)) as address,
        patient(address) as other,
    ):
        assert (await other.get(path)).content == (await api.get(path)).content == first.content
    assert len(written) == 1
    assert files(folder) == written


async def test_a_browser_is_told_what_a_page_may_do(api: httpx.AsyncClient, deck: Deck) -> None:
    """It runs the page's own script, and loads nothing."""
    answer = await api.get(PAGE)
    framed_by_us = f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'self'"
    assert answer.headers["Content-Security-Policy"] == framed_by_us
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'; script-src 'sha256-")


async def test_the_same_without_a_cache(
    api: httpx.AsyncClient, caching: Settings, deck: Deck, folder: Path
) -> None:
    """With 0 bytes nothing is kept; the answers are those of the renderer, byte by byte, either way."""
    without = caching.model_copy(update={"export_cache_bytes": 0, "export_cache_dir": folder / "no"})
    async with (
        serving(create_app(without)) as address,
        patient(address) as other,
    ):
        for path in ALL:
            await api.get(path)
            kept, rendered = await api.get(path), await other.get(path)
            assert kept.content == rendered.content
            assert kept.headers["ETag"] == rendered.headers["ETag"]
    assert (await api.get(PAGE)).content == page_of(deck)
    assert (await api.get(FILE)).content == render_pptx(deck, theme())
    assert (await api.get(DOCUMENT)).json()["deck"] == deck.to_json()
    assert not (folder / "no").exists()


class CountingDecks(AsyncOrchestrator):
    """Counts how often a deck is read to be rendered, for whichever tenant."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.reads: list[str] = []

    async def get_deck(self, deck_id: str, sha256: str) -> dict[str, Any] | None:
        self.reads.append(deck_id)
        return await super().get_deck(deck_id, sha256)


@pytest.mark.parametrize("most", [0, 10_000_000])
async def test_readers_share(caching: Settings, deck: Deck, most: int) -> None:
    """Who asks at the same time waits for one rendering, whether or not it is kept."""
    settings = caching.model_copy(update={"export_cache_bytes": most})
    async with CountingDecks(settings) as decks, Exports(settings, decks) as rendered:
        found = await decks.get_summary("d")
        assert found.deck_sha256
        export = Export(LOCAL_TENANT, "d", found.deck_sha256, page.FORMAT)
        pages = await asyncio.gather(*(rendered.get(export, found) for _ in range(200)))
    assert set(pages) == {page_of(deck)}
    assert decks.reads == ["d"]


async def test_a_deck_that_is_replaced_meanwhile(
    caching: Settings, deck: Deck, database: OwnDatabase, folder: Path
) -> None:
    """What was read of a former deck gives no export of another: the answer is begun anew."""
    async with AsyncOrchestrator(caching) as decks, Exports(caching, decks) as rendered:
        summaries = [await decks.get_summary("d")]
        await complete(database, sample_deck())
        summaries.append(await decks.get_summary("d"))

        @anew_if_replaced
        async def endpoint(request: Request) -> Response:
            found = summaries.pop(0)
            export = Export(LOCAL_TENANT, "d", found.deck_sha256 or "", document.FORMAT)
            return Response(await rendered.get(export, found))

        answer = await endpoint(Request({"type": "http"}))
    assert orjson.loads(answer.body) == sample_deck().to_json()
    assert len(files(folder)) == 1


@pytest.mark.parametrize("path", ALL)
async def test_not_modified(api: httpx.AsyncClient, deck: Deck, path: str) -> None:
    """Who has it gets 304 without a body: weak tags, lists and * are understood, other tags are not."""
    tag = (await api.get(path)).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"x,y", W/{tag} , "z"', "*"):
        answer = await api.get(path, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content) == (304, b""), known
        assert answer.headers["ETag"] == tag
        assert answer.headers["Cache-Control"] == "private, no-cache"
    for other in ('"x"', "", tag.strip('"'), f'"x{tag[1:]}', "x, *"):
        assert (await api.get(path, headers={"If-None-Match": other})).status_code == 200, other
    repeated = httpx.Headers([("If-None-Match", '"x"'), ("If-None-Match", tag)])
    assert (await api.get(path, headers=repeated)).status_code == 304


@pytest.mark.parametrize("path", ALL)
async def test_head(api: httpx.AsyncClient, deck: Deck, path: str) -> None:
    """HEAD tells what GET would, without the content."""
    got, head = await api.get(path), await api.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Content-Length", "Content-Type"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize("path", [PAGE, FILE])
async def test_an_upgrade_is_another_file(
    api: httpx.AsyncClient, deck: Deck, path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A former renderer's tag is answered with the file of this one, though the deck is the same."""
    former = (await api.get(path)).headers["ETag"]
    (tmp_path / "new.py").write_text("")
    monkeypatch.setattr(exports, "RENDERERS", (*exports.RENDERERS, tmp_path))
    exports.renderer.cache_clear()
    try:
        answer = await api.get(path, headers={"If-None-Match": former})
    finally:
        exports.renderer.cache_clear()
    assert answer.status_code == 200
    assert answer.headers["ETag"] != former


@pytest.mark.parametrize("path", ALL)
async def test_a_new_deck_takes_the_place(
    api: httpx.AsyncClient, deck: Deck, database: OwnDatabase, folder: Path, path: str
) -> None:
    """It is told from the former one by its tag, and the former's file goes."""
    former = (await api.get(path)).headers["ETag"]
    before = files(folder)
    await complete(database, another())
    answer = await api.get(path, headers={"If-None-Match": former})
    assert answer.status_code == 200
    assert answer.headers["ETag"] != former
    assert len(files(folder)) == 1
    assert files(folder).keys().isdisjoint(before)


async def test_the_state_of_a_deck_changes_its_document(
    api: httpx.AsyncClient, deck: Deck, database: OwnDatabase
) -> None:
    """The JSON tells more than the deck, so its tag changes with the rest as well."""
    former = (await api.get(DOCUMENT)).headers["ETag"]
    await database.execute("UPDATE presentations SET status = 'queued', updated_at = now()")
    answer = await api.get(DOCUMENT, headers={"If-None-Match": former})
    assert (answer.status_code, answer.json()["status"]) == (200, "queued")


async def test_a_draft_has_its_own_page(
    api: httpx.AsyncClient, database: OwnDatabase, folder: Path
) -> None:
    """It says what it is; once the job has failed it says that, and the kept page is not shown."""
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, draft_deck_json) "
        "VALUES ('d', 'u', 'queued', $1)",
        brief_deck().to_json(),
    )
    first, second = await api.get(PAGE), await api.get(PAGE)
    assert "is finding better words" in first.text
    assert second.content == first.content
    assert first.headers["Refresh"]
    assert len(files(folder)) == 1
    await database.execute("UPDATE presentations SET status = 'error', error_message = 'Out of ink.'")
    failed = await api.get(PAGE, headers={"If-None-Match": first.headers["ETag"]})
    assert "Out of ink." in failed.text
    assert "Refresh" not in failed.headers
    assert (await api.get(FILE)).content == render_pptx(brief_deck(), theme())
    document = (await api.get(DOCUMENT)).json()
    assert (document["deck"], document["draft"]) == (None, brief_deck().to_json())


async def test_a_deck_of_before_the_upgrade(
    api: httpx.AsyncClient, deck: Deck, database: OwnDatabase, folder: Path
) -> None:
    """A deck without a hash beside it is served, and kept, as one with its hash."""
    tag, kept = (await api.get(PAGE)).headers["ETag"], files(folder)
    await database.execute("UPDATE presentations SET final_deck_sha256 = NULL")
    answer = await api.get(PAGE)
    assert answer.headers["ETag"] == tag
    assert answer.content == page_of(deck)
    assert files(folder) == kept


async def test_a_damaged_file_is_rendered_again(
    api: httpx.AsyncClient, deck: Deck, folder: Path
) -> None:
    """Whatever stands in it, the reader gets the page; the same if the folder has vanished."""
    first = await api.get(PAGE)
    written = files(folder)
    damage(folder)
    assert (await api.get(PAGE)).content == first.content
    assert files(folder).keys() == written.keys()
    assert files(folder) != written
    shutil.rmtree(folder)
    assert (await api.get(PAGE)).content == first.content
    assert files(folder).keys() == written.keys()


async def test_what_can_not_be_kept_is_served(
    api: httpx.AsyncClient, deck: Deck, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder that can't be written to costs the file only, and is told once."""
    caplog.set_level(logging.WARNING)
    (folder / "deck-d").write_bytes(b"")
    for _ in range(3):
        assert (await api.get(PAGE)).content == page_of(deck)
    said = [one.getMessage() for one in caplog.records if "exports.not_kept" in one.getMessage()]
    assert len(said) == 1


async def test_without_a_folder(
    caching: Settings, deck: Deck, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The API starts and serves where the folder can't be made, and says so."""
    (tmp_path / "file").write_bytes(b"")
    nowhere = caching.model_copy(update={"export_cache_dir": tmp_path / "file" / "exports"})
    async with (
        serving(create_app(nowhere)) as address,
        patient(address) as api,
    ):
        assert (await api.get(PAGE)).content == page_of(deck)
    assert any("exports.not_kept" in one.getMessage() for one in caplog.records)


async def test_what_was_deleted_is_forgotten(
    api: httpx.AsyncClient, caching: Settings, deck: Deck, database: OwnDatabase, folder: Path
) -> None:
    """Files of a deck that is gone are never served, and go when it is asked for, or by themselves."""
    await complete(database, another(), "kept")
    await complete(database, another(), "swept")
    for deck_id in ("d", "kept", "swept"):
        assert (await api.get(f"/decks/{deck_id}")).status_code == 200
    await database.execute("DELETE FROM presentations WHERE id <> 'kept'")
    assert (await api.get(PAGE)).status_code == 404
    assert decks_in(folder) == {"deck-kept", "deck-swept"}
    async with AsyncOrchestrator(caching) as decks, Exports(caching, decks) as rendered:
        await rendered.forget_deleted()
    assert decks_in(folder) == {"deck-kept"}


@pytest.mark.parametrize("deck_id", ["%2e%2e%2fkept", "x" * 5000, "a%0a", "%00"])
async def test_what_is_no_id_has_no_deck(api: httpx.AsyncClient, folder: Path, deck_id: str) -> None:
    """404 for any text, and nothing outside of the folder is touched; nobody else's answer fails."""
    (folder.parent / "kept").mkdir()
    (folder.parent / "kept" / "file").write_bytes(b"x")
    answer = await api.get(f"/decks/{deck_id}")
    assert answer.status_code == 404
    assert (folder.parent / "kept" / "file").exists()
