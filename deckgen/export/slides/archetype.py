"""What an archetype is: a row in deckgen/export/slides/archetypes, or a line in exhibits.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element
from deckgen.export.slides.content import Content
from deckgen.export.slides.stage import Stage

Place = Callable[[Content, Stage, Box], list[Element]]


def _always(content: Content) -> bool:
    return True


@dataclass(frozen=True)
class Archetype:
    """A way to compose a slide.

    `slots` are the parts of a slide that it takes (`charts`, `points`, all that `Content.counts` has),
    and how many of each at most. Of those that take all parts of a slide, and that `suits`, the one
    that comes first is taken; `order` is 0 for what only a special claim has, 9 for what suits any.
    `place` puts the parts into the body of the slide, under the headline.
    """

    slots: Mapping[str, int]
    order: int
    place: Place
    suits: Callable[[Content], bool] = _always
    has_headline: bool = True

    def takes(self, content: Content) -> bool:
        """True if there is a slot for each part of the slide, and the slide suits."""
        fits = all(count <= self.slots.get(part, 0) for part, count in content.counts.items())
        return fits and self.suits(content)
