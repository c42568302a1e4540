"""The colours that a template's XML names, as they are seen."""

from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from typing import Any

from deckgen.export.colours import channels
from deckgen.export.pptx.templates.parts import A, P, Part, R, whole
from deckgen.export.pptx.templates.pictures import ground
from deckgen.export.themes.theme import Slot

_WHOLE = 100_000
_FAINT = 0.3  # of a colour: what is less opaque shows what is behind it
_OF_THEME = (
    "dk1",
    "lt1",
    "dk2",
    "lt2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
)
_SLOTS: tuple[Slot, ...] = (
    "tx1", "bg1", "tx2", "bg2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6",
)  # fmt: skip
_USUAL = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
_NAMED = {"black": "000000", "white": "FFFFFF"}
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill", "noFill", "grpFill")


class Tints:
    """Resolves colours by a theme, and by how a master or layout names them."""

    def __init__(self, theme: Part, mapping: Mapping[str, str]) -> None:
        self._theme = theme
        scheme = theme.root.find(f"{A}themeElements/{A}clrScheme")
        found = {name: None if scheme is None else scheme.find(f"{A}{name}") for name in _OF_THEME}
        self._own = {
            name: "808080" if each is None else (_plain(each) or "808080")
            for name, each in found.items()
        }
        self._mapping = {slot: mapping.get(slot, _USUAL.get(slot, slot)) for slot in _SLOTS}
        self.slots: dict[Slot, str] = {
            slot: self._own.get(self._mapping[slot], "808080") for slot in _SLOTS
        }

    def colour(self, holder: Any, base: str | None = None) -> str | None:
        """Returns the colour that stands in an element; `base` is that of a style (`phClr`)."""
        for each in holder:
            name = each.tag.rpartition("}")[2]
            found = self._named(each, base) if name == "schemeClr" else _plain_one(each)
            if found is not None:
                return _changed(found, each)
        return None

    def _named(self, element: Any, base: str | None) -> str | None:
        name = element.get("val", "")
        if name == "phClr":
            return base
        return dict(self.slots).get(name) or self._own.get(name)

    def fill(
        self, properties: Any, relations: Mapping[str, Part], base: str | None = None
    ) -> str | None:
        """Returns the colour with which a shape is filled as a whole; None where what is behind is
        seen."""
        for name in _FILLS:
            for space in (A, P):
                fill = properties.find(f"{space}{name}")
                if fill is not None:
                    return self.of_fill(fill, relations, base)
        return None

    def of_fill(self, fill: Any, relations: Mapping[str, Part], base: str | None = None) -> str | None:
        match fill.tag.rpartition("}")[2]:
            case "solidFill":
                return self.colour(fill, base)
            case "gradFill":
                stops = [self.colour(stop, base) for stop in fill.iter(f"{A}gs")]
                return _mean([each for each in stops if each])
            case "pattFill":
                grounds = (self.colour(each, base) for each in fill.iter(f"{A}bgClr"))
                return next(grounds, None)
            case "blipFill":
                blip = fill.find(f"{A}blip")
                part = None if blip is None else relations.get(blip.get(f"{R}embed", ""))
                return ground(part) if part else None
        return None

    def behind(self, part: Part) -> str | None:
        """Returns the background that a master or layout says itself."""
        found = part.root.find(f"{P}cSld/{P}bg")
        if found is None:
            return None
        properties, styled = found.find(f"{P}bgPr"), found.find(f"{P}bgRef")
        if properties is not None:
            return self.fill(properties, part.relations)
        return None if styled is None else self._of_style(styled)

    def _of_style(self, styled: Any) -> str | None:
        base = self.colour(styled)
        number = whole(styled.get("idx", "0"))
        fills = self._theme.root.find(f"{A}themeElements/{A}fmtScheme/{A}bgFillStyleLst")
        place = -1 if number is None else number - 1001
        if fills is None or not 0 <= place < len(fills):
            return base
        return self.of_fill(fills[place], self._theme.relations, base) or base


def _plain(holder: Any) -> str | None:
    return next((found for each in holder if (found := _plain_one(each))), None)


def _plain_one(element: Any) -> str | None:
    match element.tag.rpartition("}")[2]:
        case "srgbClr":
            return _hex(element.get("val", ""))
        case "sysClr":
            return _hex(element.get("lastClr", "")) or _NAMED.get(
                "white" if element.get("val") == "window" else "black"
            )
        case "prstClr":
            return _NAMED.get(element.get("val", ""), "808080")
    return None


def _hex(text: str) -> str | None:
    is_colour = len(text) == 6 and all(each in "0123456789abcdefABCDEF" for each in text)
    return text.upper() if is_colour else None


def _changed(colour: str, element: Any) -> str | None:
    """Returns a colour with the changes that are asked for; None if little of it is seen."""
    red, green, blue = channels(colour)
    for each in element:
        name, share = each.tag.rpartition("}")[2], _share(each)
        tone, light, strong = rgb_to_hls(red, green, blue)
        match name:
            case "alpha" if share < _FAINT:
                return None
            case "lumMod" | "lumOff" | "satMod":
                light = light * share if name == "lumMod" else light + share * (name == "lumOff")
                strong = strong * share if name == "satMod" else strong
                red, green, blue = hls_to_rgb(tone, _bounded(light), _bounded(strong))
            case "tint":
                red, green, blue = (1 - share * (1 - each) for each in (red, green, blue))
            case "shade":
                red, green, blue = (share * each for each in (red, green, blue))
    return "".join(f"{round(255 * _bounded(each)):02X}" for each in (red, green, blue))


def _share(element: Any) -> float:
    said = whole(element.get("val", ""))
    return 1.0 if said is None else max(-10.0, min(10.0, said / _WHOLE))


def _bounded(value: float) -> float:
    return max(0.0, min(1.0, value))


def _mean(colours: list[str]) -> str | None:
    if not colours:
        return None
    parts = [[int(each[at : at + 2], 16) for each in colours] for at in (0, 2, 4)]
    return "".join(f"{round(sum(each) / len(each)):02X}" for each in parts)
