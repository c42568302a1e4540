"""Colours as references to the file's theme, so that another master recolours a slide."""

from collections.abc import Iterator
from colorsys import rgb_to_hls
from functools import cache
from typing import Any

from deckgen.export.charts.native.ooxml import element, qn
from deckgen.export.colours import SHADES, channels, of_role, pale
from deckgen.export.themes.theme import Palette, Scheme, Slot

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
_PARTS = 100_000  # of a whole, in DrawingML


@cache
def _references(colours: Palette) -> dict[str, tuple[str, str]]:
    """Returns the slot of each colour of a palette, and in XML what is done with it for a shade."""
    if colours.scheme:
        return _of_template(colours, colours.scheme)
    slots = {role: slot for slot, role in SLOTS.items()}
    found = {
        of_role(shade, colours): (
            slots[base],
            _changes(of_role(base, colours), of_role(shade, colours)),
        )
        for base, shade in _shades()
    }
    return {**found, **{of_role(role, colours): (slot, "") for role, slot in reversed(slots.items())}}


def _of_template(colours: Palette, scheme: Scheme) -> dict[str, tuple[str, str]]:
    """Returns the same where the slots are a template's, of which each role is a shade."""
    slots: dict[str, Slot] = {**dict(scheme.roles)}
    own = dict(scheme.slots)
    roles = [*(role for role in slots if role not in ("ramp", "title")), "ramp2"]
    shades = [shade for _, shade in _shades()]
    found: dict[str, tuple[str, str]] = {}
    for shade in [*shades, *reversed(roles)]:
        role = "ramp" if shade.startswith("ramp") else shade.partition("-")[0]
        colour, slot = of_role(shade, colours), slots[role]
        found[colour] = (slot, _changes(own[slot], colour))
    return found


def _shades() -> Iterator[tuple[str, str]]:
    """Yields each role that has no slot of its own, after the one of which it is a shade."""
    yield from (("ramp2", f"ramp{place}") for place in range(5))
    for role, shares in SHADES.items():
        yield from ((_near(role), pale(role, share)) for share in shares)


def _near(role: str) -> str:
    return role if role in SLOTS.values() else "ramp2"


def _changes(base: str, shade: str) -> str:
    """Returns how a colour becomes a lighter or darker one, as PowerPoint's own shades do.

    Its hue stays: within a palette it differs by less than people see.
    """
    if base == shade:
        return ""
    (_, light, strong), (_, lighter, weaker) = _hls(base), _hls(shade)
    share = (1 - lighter) / (1 - light) if lighter > light else lighter / (light or 1)
    changes = {"satMod": weaker / strong if strong else 1, "lumMod": share}
    if lighter > light:
        changes["lumOff"] = 1 - share
    return "".join(f'<a:{name} val="{round(value * _PARTS)}"/>' for name, value in changes.items())


def _hls(colour: str) -> tuple[float, float, float]:
    return rgb_to_hls(*channels(colour))


def filled(role: str, colours: Palette) -> str:
    """Returns a fill in XML."""
    if role == "title" and colours.scheme:
        slot, changes = _of_titles(colours.scheme)
    else:
        slot, changes = _references(colours)[of_role(role, colours)]
    return f'<a:solidFill><a:schemeClr val="{slot}">{changes}</a:schemeClr></a:solidFill>'


def _of_titles(scheme: Scheme) -> tuple[str, str]:
    """Returns the colour of headlines, which may stand on a band of another colour than the paper."""
    slot = dict(scheme.roles)["title"]
    return slot, _changes(dict(scheme.slots)[slot], scheme.title)


def refer(part: Any, colours: Palette) -> None:
    """Turn the written-out colours of a chart into references to the theme."""
    for colour in list(part.iter(qn("a:srgbClr"))):
        if found := _references(colours).get(colour.get("val")):
            slot, changes = found
            colour.getparent().replace(colour, element("a:schemeClr", changes, val=slot))
