"""The appendix: tables and sentences about how the deck was made."""

from deckgen.domain.decks import Layout
from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.archetypes import plain
from deckgen.export.slides.compositions import MANY
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage


def _suits(content: Content) -> bool:
    return content.slide.layout is Layout.APPENDIX


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    return plain.place(content, stage, body, stage.theme.sizes.table)


ARCHETYPE = Archetype(
    slots={"tables": MANY, "points": MANY, "callouts": MANY}, order=3, suits=_suits, place=_place
)
