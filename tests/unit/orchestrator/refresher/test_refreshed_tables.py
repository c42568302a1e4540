"""Tables of a refreshed presentation in which people changed something."""

from pptx import Presentation
from pptx.util import Pt

from deckgen.export.pptx.reading.archive import Archive
from deckgen.export.pptx.reading.contents import TablePlace
from deckgen.export.pptx.reading.slides import contents
from deckgen.export.pptx.rewriting.handles import handles
from deckgen.export.pptx.rewriting.package import Package
from deckgen.orchestrator.refresher import tabling
from deckgen.orchestrator.refresher.outcome import Outcome, Pen
from tests.presentation_edits import saved

MADE = ["Region Sales", "North 300", "South 180", "West 90"]


def renewed(before: list[str], now: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """Returns what a table says that was made as `before` and edited, and what is noted of it."""
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[6])
    table = slide.shapes.add_table(len(now), 2, 0, 0, Pt(200), Pt(100)).table
    for number, row in enumerate(now):
        for place, text in enumerate(row.split()):
            table.cell(number, place).text = text
    package, pen = Package(Archive.opened(saved(presentation))), Outcome()
    (handle,) = handles(package)
    places = [TablePlace(name="t", rows=[row.split() for row in rows]) for rows in (before, now, new)]
    tabling.renew(Pen(package, pen), handle.part, handle.tables[0], *places)
    (found,) = contents(Archive.opened(package.saved())).slides
    return [" ".join(row) for row in found.tables[0].rows], pen.notes


def test_a_cell_of_people_stays_beside_its_name() -> None:
    """Rows that have another order now are moved as a whole."""
    new = ["Region Sales", "North 310", "West 250", "South 200"]
    found, notes = renewed(MADE, [*MADE[:2], "South 185*", MADE[3]], new)
    assert found == ["Region Sales", "North 310", "West 250", "South 185*"]
    assert not notes


def test_rows_that_people_moved_stay_where_they_are() -> None:
    """Each has its own new numbers."""
    new = ["Region Sales", "West 310", "South 250", "North 200"]
    found, notes = renewed(MADE, [MADE[0], MADE[2], MADE[1], MADE[3]], new)
    assert found == ["Region Sales", "South 250", "North 200", "West 310"]
    assert not notes


def test_a_changed_row_without_a_new_one_is_left_and_told() -> None:
    """Its cell would be false under the name that came, which has no row then."""
    new = ["Region Sales", "East 310", "North 250", "West 200"]
    found, notes = renewed(MADE, [*MADE[:2], "South 185*", MADE[3]], new)
    assert found == ["Region Sales", "North 250", "South 185*", "West 200"]
    assert [("South" in note, "East" in note) for note in notes] == [(True, False), (False, True)]


def test_a_row_that_nobody_changed_becomes_one_that_came() -> None:
    """The rows that people changed keep their names, those that they took out do not come back."""
    new = ["Region Sales", "East 310", "North 250", "South 220"]
    assert renewed(MADE, [MADE[0], "North 301*", MADE[3]], new) == (
        ["Region Sales", "East 310", "North 301*"],
        [],
    )


def test_a_table_that_nobody_changed_is_as_the_new_one() -> None:
    """Whatever names and numbers its rows have, and however many."""
    for new in (["Region Sales", "East 310", "South 250", "North 200"], MADE[:3], [*MADE, "East 1"]):
        assert renewed(MADE, MADE, new) == (new, [])
