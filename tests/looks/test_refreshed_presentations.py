"""Numerals of decks that were edited and saved by python-pptx and LibreOffice, after a refresh.

`python -m bench.refreshing` counts more of them.
"""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from deckgen.domain.decks import Deck
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.refresher import refresh
from tests.office_saving import saved_by_office
from tests.presentation_edits import HARMLESS, edited
from tests.refreshed_presentations import Count, counted, other_numbers
from tests.unit.orchestrator.analyst.engine import run_table

pytestmark = pytest.mark.looks
TABLES = ("crimea", "grunfeld", "longley", "nile", "seattle-weather", "statecrime")
BRIEF = "What changed, who leads, and what should we do?"
LEAST, NUMERALS, SEED = 0.99, 200, 3
Files = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("decks")


@pytest.fixture(scope="module")
def files(folder: Path) -> Files:
    """Edited decks, as each of the programs saves them."""
    rng, own = random.Random(SEED), dict[str, bytes]()
    for name, kind in zip(TABLES, HARMLESS, strict=False):
        content = Path(f"tests/data/{name}.csv").read_text()
        made = render_pptx(run_table(folder / f"{name}.csv", content, BRIEF).deck, theme())
        done = edited(made, HARMLESS[kind], rng)
        assert done is not None
        own[name] = done[0]
    return {"python-pptx": own, "LibreOffice": saved_by_office(own, folder / "office")}


@pytest.mark.parametrize("program", ["python-pptx", "LibreOffice"])
def test_numerals_are_right(program: str, files: Files, folder: Path) -> None:
    """Nearly all of them are what their queries give, and none is stale without a word."""
    counts = list(_counted(files[program], folder))
    wrong = [each for one in counts for each in one.wrong]
    total, right = sum(one.numerals for one in counts), sum(one.right for one in counts)
    assert total >= NUMERALS / 2
    assert right >= LEAST * total, wrong
    assert sum(one.stale for one in counts) == 0, wrong


def _counted(files: dict[str, bytes], folder: Path) -> Iterator[Count]:
    for name, content in files.items():
        table = other_numbers(Path(f"tests/data/{name}.csv").read_text(), SEED)
        path = folder / f"new-{name}.csv"
        anew: Deck = run_table(path, table, BRIEF).deck
        file, document = refresh(content, path, path.name)
        yield counted(content, file, document.refresh, path, anew)
