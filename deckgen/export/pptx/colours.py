"""Colours as references to the file's theme, so that another master recolours a slide."""

from functools import cache
from typing import Any

from deckgen.export.charts.native.ooxml import qn
from deckgen.export.colours import of_role
from deckgen.export.themes.theme import Palette

# The roles of a palette, by the slots of PowerPoint's themes.
SLOTS = {
    "tx1": "ink",
    "bg1": "paper",
    "tx2": "muted",
    "bg2": "wash",
    "accent1": "accent",
    "accent2": "contrast",
    "accent3": "rest",
    "accent4": "soft",
    "accent5": "line",
    "accent6": "ramp2",
}


@cache
def _slots(colours: Palette) -> dict[str, str]:
    return {of_role(role, colours): slot for slot, role in reversed(SLOTS.items())}


def filled(role: str, colours: Palette) -> str:
    """Returns a fill in XML; a shade that has no slot of its own is written out."""
    colour = of_role(role, colours)
    slot = _slots(colours).get(colour)
    named = f'<a:schemeClr val="{slot}"/>' if slot else f'<a:srgbClr val="{colour}"/>'
    return f"<a:solidFill>{named}</a:solidFill>"


def refer(part: Any, colours: Palette) -> None:
    """Turn the written-out colours of a chart into references, where they are the theme's."""
    for colour in list(part.iter(qn("a:srgbClr"))):
        if slot := _slots(colours).get(colour.get("val")):
            colour.tag = qn("a:schemeClr")
            colour.set("val", slot)
