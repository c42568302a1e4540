"""The forms of a deck: each is one file, and everything that speaks of forms follows it."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.client.http import Client
from deckgen.config.settings import Settings
from deckgen.domain.access import LOCAL_TENANT
from deckgen.export import formats as package
from deckgen.export.exports import Export
from deckgen.export.format import Format
from deckgen.export.formats import by_ending, formats
from deckgen.web.app import create_app
from tests.clients import patient
from tests.databases import OwnDatabase
from tests.decks import sample_deck
from tests.recipes import recipe
from tests.serving import serving

(TOY,) = recipe("A form of a deck")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The recipe of docs/extending.md: one new file beside the others, and nothing else."""
    (tmp_path / "titles.py").write_text(TOY)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    yield
    sys.modules.pop(f"{package.__name__}.titles", None)


@pytest.mark.parametrize("each", formats(), ids=lambda each: each.name)
def test_every_form_is_complete(each: Format) -> None:
    """Its name, ending and path are its own, it opens with a sentence, and it renders a deck."""
    others = [other for other in formats() if other is not each]
    for told in ("name", "ending", "path"):
        assert getattr(each, told) not in [getattr(other, told) for other in others]
    assert each.ending.startswith(".")
    assert "{deck_id}" in each.path
    assert each.description.partition("\n")[0].endswith(".")
    assert len(Export(LOCAL_TENANT, "d", "a" * 64, each).render(sample_deck().to_json())) > 1_000


def test_a_module_without_a_form_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that forgot its row stops the start, in a sentence that names it."""
    (tmp_path / "nothing.py").write_text("")
    monkeypatch.setattr(package, "__path__", [str(tmp_path)])
    with pytest.raises(TypeError, match=r"formats\.nothing has no FORMAT, which is a Format\."):
        formats()


async def test_a_new_form_is_one_file(
    toy: None, settings: Settings, database: OwnDatabase, tmp_path: Path
) -> None:
    """Route, content type, OpenAPI document and the endings of the command line follow from its row."""
    deck = sample_deck()
    await database.execute(
        "INSERT INTO presentations (id, user_id, status, final_deck_json, completed_at) "
        "VALUES ('d', 'u', 'completed', $1, now())",
        deck.to_json(),
    )
    saved = tmp_path / "deck.txt"

    async with (
        serving(create_app(settings)) as address,
        patient(address) as api,
    ):
        answer = await api.get("/api/presentations/d.txt")
        document = (await api.get("/openapi.json")).json()
        with Client(address) as client:
            await asyncio.to_thread(client.download, "d", saved)

    assert answer.text.splitlines() == [slide.title for slide in deck.slides]
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["content-disposition"].endswith("d.txt")
    operation = document["paths"]["/api/presentations/{deckId}.txt"]["get"]
    assert operation["operationId"] == "titles"
    assert "text/plain" in operation["responses"]["200"]["content"]
    assert ".txt" in by_ending()
    assert saved.read_text() == answer.text
