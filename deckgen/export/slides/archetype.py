"""What an archetype is: a row in deckgen/export/slides/archetypes."""

from collections.abc import Callable
from dataclasses import dataclass

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage


@dataclass(frozen=True)
class Archetype:
    """A way to compose a slide.

    `slots` are the parts of a slide that it shows, and how many of each it takes. Of those that
    `suits` a slide the one that comes first is taken; `order` is 0 for what only a special claim has,
    9 for what suits any. `place` puts the parts into the body of the slide, under the headline.
    """

    slots: dict[str, int]
    order: int
    suits: Callable[[Content], bool]
    place: Callable[[Content, Stage, Box], list[Element]]
    has_headline: bool = True
