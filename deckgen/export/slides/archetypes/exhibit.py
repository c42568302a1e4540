"""One finding: its exhibit on eight columns, what it means on four."""

from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import SLOTS, beside, has_exhibit
from deckgen.export.slides.content import Content

_NARROW = 4  # columns of a table that leave room for a panel beside it


def _suits(content: Content) -> bool:
    return has_exhibit(content) and all(len(table.columns) <= _NARROW for table in content.tables)


ARCHETYPE = Archetype(slots=SLOTS, order=5, suits=_suits, place=beside(8))
