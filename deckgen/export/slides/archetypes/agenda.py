"""The agenda: each question with the number of its slide, in two columns where they are many."""

from deckgen.domain.decks import Layout
from deckgen.export.layout.boxes import Box
from deckgen.export.layout.typefaces import height
from deckgen.export.scene.elements import Element
from deckgen.export.scene.setting import Plain
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import rule
from deckgen.export.slides.stage import Stage

_MOST, _A_COLUMN, _LINES = 26, 8, 2
_NUMBER, _GAP = 40, 6


def _suits(content: Content) -> bool:
    rows = [row for table in content.tables for row in table.rows]
    are_pairs = all(len(row) == 2 for row in rows)
    return content.slide.layout is Layout.AGENDA and 0 < len(rows) <= _MOST and are_pairs


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    rows = [(str(question), str(slide)) for question, slide in content.tables[0].rows]
    columns = 1 if len(rows) <= _A_COLUMN else 2
    most = -(-len(rows) // columns)
    boxes = body.columns(*[1] * columns, gap=2 * stage.grid.gutter)
    places = [row for box in boxes for row in box.rows(*[1] * most, gap=_GAP)]
    wide = places[0].width - _NUMBER
    size = _size([question for question, _ in rows], stage, wide, places[0].height)
    found: list[Element] = []
    for (question, slide), place in zip(rows, places, strict=False):
        number = Box(place.left, place.top, _NUMBER, place.height)
        words = Box(number.right, place.top, wide, place.height)
        said = f"{{{{{slide}}}}}"
        if place.top > body.top:
            found.append(rule(place, place.top - _GAP / 2))
        found += [
            stage.text(
                "slide", said, number, (size,), most=1, bold=True, colour="accent", anchor="middle"
            ),
            stage.text("question", Plain(question), words, (size,), most=_LINES, anchor="middle"),
        ]
    return found


def _size(questions: list[str], stage: Stage, wide: float, tall: float) -> int:
    """Returns one size for all questions, at which the longest fits."""
    every = stage.theme.sizes.body
    sizes = [size for size in every if height(_LINES, size) <= tall] or every[-1:]
    return min(stage.set.largest(Plain(each), sizes, wide, _LINES) for each in questions)


ARCHETYPE = Archetype(slots={"tables": 1}, order=0, suits=_suits, place=_place)
