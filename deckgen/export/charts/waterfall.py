"""Waterfalls: the colour of a step, what is written at it, and where its base is broken."""

from deckgen.export.charts.frame import Frame
from deckgen.export.charts.steps import Step, waterfall_steps
from deckgen.export.charts.view import View
from deckgen.export.layout.typefaces import height
from deckgen.export.themes.theme import Palette

_SMALL = 0.25  # changes that are less than this share of the totals can't be seen beside them
_STUMP = 0.5  # what is left of the totals under the changes, of the height of these


def colour(kind: str, colours: Palette) -> str:
    return {"total": colours.muted, "increase": colours.accent, "decrease": colours.contrast}[kind]


def text_colour(kind: str, colours: Palette) -> str:
    return colours.ink if kind == "total" else colour(kind, colours)


def said(step: Step, view: View) -> str:
    return view.say(step.value, view.unit, signed=step.kind != "total")


def says_below(step: Step, room: Frame) -> bool:
    """True if the value stands under its column: that of a loss, where there is room for it."""
    below = room.plot_bottom - room.at(step.low)
    return step.kind == "decrease" and step.low > 0 and below > height(1, room.size) + 8


def broken_base(view: View) -> float:
    """Returns where the axis begins: above zero where the totals would dwarf the changes."""
    levels = [step.reached for step in waterfall_steps(view.chart)]
    low, high = min(levels), max(levels)
    return low - _STUMP * (high - low) if 0 < high - low < _SMALL * high and low > 0 else 0.0
