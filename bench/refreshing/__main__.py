"""Count the numerals that `deckgen refresh` writes right: python -m bench.refreshing [SEED].

Decks about the tables of the tests are edited in files of python-pptx and of LibreOffice, the tables
get other numbers, and each numeral that nobody changed is compared with what its own query gives, or a
deck that is made anew.
"""

import random
import sys
import tempfile
from pathlib import Path

from bench.presentations.__main__ import BRIEF, TABLES, say
from deckgen.domain.decks import Deck
from deckgen.export.pptx.document import render_pptx
from deckgen.export.themes.theme import theme
from deckgen.orchestrator.refresher import refresh
from tests.office_saving import saved_by_office
from tests.presentation_edits import HARMLESS, edited
from tests.refreshed_presentations import Count, counted, other_numbers
from tests.unit.orchestrator.analyst.engine import run_table


def main(seed: int) -> None:
    rng, files = random.Random(seed), {}
    tables, anew = {}, {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in TABLES:
            content = path.read_text()
            deck = run_table(folder / f"old-{path.name}", content, BRIEF).deck
            files[path.stem] = render_pptx(deck, theme())
            tables[path.stem] = table = folder / path.name
            again = run_table(table, other_numbers(content, seed), BRIEF).deck
            anew[path.stem] = again
        office = saved_by_office(files, folder / "office")
        for program, each in (("python-pptx", files), ("LibreOffice", office)):
            total = Count()
            for stem, content in each.items():
                for kind, edit in HARMLESS.items():
                    if done := edited(content, edit, rng):
                        one = _refreshed(done[0], tables[stem], anew[stem])
                        for wrong in one.wrong:
                            say(f"    {stem}, {kind}: {wrong}")
                        total.numerals += one.numerals
                        total.right += one.right
                        total.stale += one.stale
            say(
                f"{program}: {total.right} of {total.numerals} right, "
                f"{total.stale} stale without a word"
            )


def _refreshed(content: bytes, table: Path, anew: Deck) -> Count:
    file, document = refresh(content, table, table.name)
    return counted(content, file, document.refresh, table, anew)


if __name__ == "__main__":
    main(int(next((each for each in sys.argv[1:] if each.isdigit()), 1)))
