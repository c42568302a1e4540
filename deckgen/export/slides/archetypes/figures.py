"""Several figures in cards, with the exhibit and what it means beneath."""

from dataclasses import replace

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import Element
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.compositions import MANY, MOST_FIGURES, beside, panel
from deckgen.export.slides.content import Content
from deckgen.export.slides.parts import cards
from deckgen.export.slides.stage import Stage

_CARDS, _ALONE = 104, 240  # their height over an exhibit, and with nothing else


def _suits(content: Content) -> bool:
    return len(content.kpis) > (MOST_FIGURES if content.charts else 1)


def _place(content: Content, stage: Stage, body: Box) -> list[Element]:
    has_text = bool(content.points or content.callouts)
    if not content.charts and not has_text:
        return cards(content.kpis, stage, replace(body, height=min(body.height, _ALONE)), first=0)
    tall = _CARDS if content.charts else min(170, body.height * 0.45)
    found = cards(content.kpis, stage, Box(body.left, body.top, body.width, tall))
    below = body.below(tall + 18)
    if content.charts and has_text:
        return [*found, *beside(8)(content.without_figures, stage, below)]
    if content.charts:
        return [*found, *stage.chart(content.charts[0], below)]
    return [*found, *panel(content.without_figures, stage, below)]


ARCHETYPE = Archetype(
    slots={"kpis": 4, "charts": 1, "points": MANY, "callouts": MANY},
    order=4,
    suits=_suits,
    place=_place,
)
