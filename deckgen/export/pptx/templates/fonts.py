"""The fonts of a template, and whose widths are taken for theirs."""

import re
from typing import Any

from deckgen.export.pptx.templates.parts import A, Part
from deckgen.export.themes.theme import FontName

USUAL = "Arial"
_NAME = re.compile(r"\w[\w .+-]{0,63}")
# Of these widths are known, by which they are measured exactly.
_MEASURED = {
    "arial": "Arial", "helvetica": "Arial", "liberation sans": "Arial", "arimo": "Arial",
    "calibri": "Calibri", "carlito": "Calibri",
}  # fmt: skip
# Of these it is known that they are no wider than Arial, or than Calibri.
_NO_WIDER = {"calibri light": "Calibri"} | dict.fromkeys(
    (
        *("arial narrow", "aptos", "segoe ui", "roboto", "lato", "source sans pro", "tahoma"),
        *("gill sans mt", "times new roman", "cambria", "garamond", "trebuchet ms", "helvetica neue"),
        *("corbel", "candara", "franklin gothic book"),
    ),
    "Arial",
)
# How much wider letters may be: of the fonts above because others stand in for them, Noto Sans and Open
# Sans by a fifteenth; of any other font, as Verdana and Montserrat are by a sixth.
_STAND_IN, SPARE = 1.1, 1.2


def latin(levels: list[Any], theme: Part, usual: str) -> str:
    """Returns the font that a text's levels name; `usual` is `major` or `minor`, where none does."""
    named = (each.find(f"{A}defRPr/{A}latin") for each in levels)
    said = next((each.get("typeface", "") for each in named if each is not None), "")
    if said.startswith("+") or not said:
        usual = {"+mj-lt": "major", "+mn-lt": "minor"}.get(said, usual)
        found = theme.root.find(f"{A}themeElements/{A}fontScheme/{A}{usual}Font/{A}latin")
        said = "" if found is None else found.get("typeface", "")
    return " ".join(said.split())


def known(font: str, remarks: list[str]) -> FontName:
    """Returns a font that can be named on a page."""
    if _NAME.fullmatch(font):
        return font
    if font:
        remarks.append("A font has a name that can't be written on a page: Arial is named there.")
    return USUAL


def measured(fonts: list[str], remarks: list[str]) -> tuple[str, float]:
    """Returns whose widths are taken for those of the fonts, and how many times."""
    taken: list[tuple[str, float]] = []
    for font in dict.fromkeys(fonts):
        name = font.casefold()
        if name in _MEASURED:
            taken.append((_MEASURED[name], 1.0))
            continue
        like = _NO_WIDER.get(name, USUAL)
        stretch = _STAND_IN if name in _NO_WIDER else SPARE
        more = f", {round(100 * (stretch - 1))} % wider"
        taken.append((like, stretch))
        remarks.append(
            f"The font {font} is not installed: {like}{more}, was measured in its place, and "
            f"stands in for it "
            "in PDFs."
        )
    # Arial is the wider of the two.
    return max(taken, key=lambda each: (each[1], each[0] == USUAL))
