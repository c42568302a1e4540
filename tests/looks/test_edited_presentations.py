"""Edits by script in files that python-pptx and LibreOffice saved: named if they change the meaning.

`python -m bench.presentations` counts more of them.
"""

from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation

from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import names, theme
from tests.looks.tables import LOOKS
from tests.office_saving import saved_by_office
from tests.presentation_edits import HARMLESS, MEANING, Made, edited_files, named, saved

pytestmark = pytest.mark.looks
DECKS, EDITS, SEED = 12, 54, 7
LEAST = 0.99


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Twelve decks, as each of the programs saves them."""
    folder = tmp_path_factory.mktemp("decks")
    looks = names()
    made = {
        look.name: render_pptx(look.made(folder), theme(looks[number % len(looks)]))
        for number, look in enumerate(LOOKS[:DECKS])
    }
    own = {name: saved(Presentation(BytesIO(content))) for name, content in made.items()}
    return {"python-pptx": own, "LibreOffice": saved_by_office(made, folder)}


@pytest.mark.parametrize("program", ["python-pptx", "LibreOffice"])
def test_untouched_files_hold(program: str, files: dict[str, dict[str, bytes]]) -> None:
    """A file that was only saved again says what it said."""
    found = {name: named(content) for name, content in files[program].items()}
    assert not any(found.values()), found


@pytest.mark.parametrize("program", ["python-pptx", "LibreOffice"])
def test_edits_are_named(program: str, files: dict[str, dict[str, bytes]]) -> None:
    """Nearly every edit of the meaning is named with its slide, and no other one is."""
    done = edited_files(files[program], MEANING, EDITS, SEED)
    missed = _missed(done)
    assert len(missed) <= (1 - LEAST) * EDITS, missed
    assert [
        named(content) for _, content, _ in edited_files(files[program], HARMLESS, EDITS, SEED)
    ] == [[]] * EDITS


def test_edits_are_named_after_office_has_saved_them(
    files: dict[str, dict[str, bytes]], tmp_path: Path
) -> None:
    """LibreOffice splits runs and names placeholders anew; what was changed is named all the same."""
    done = edited_files(files["python-pptx"], MEANING, EDITS, SEED + 1)
    again = saved_by_office({str(number): each[1] for number, each in enumerate(done)}, tmp_path)
    last = [(kind, again[str(number)], slide) for number, (kind, _, slide) in enumerate(done)]
    missed = _missed(last)
    assert len(missed) <= (1 - LEAST) * EDITS, missed


def _missed(done: list[Made]) -> list[tuple[str, int]]:
    return [
        (kind, slide)
        for kind, content, slide in done
        if not any(f"slide {slide} " in each for each in named(content))
    ]
