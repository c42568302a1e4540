"""Slides as pictures with their text, for what no font of a PDF can draw."""

import re
import unicodedata
from base64 import b64encode
from xml.etree import ElementTree as Tree

import vl_convert

from deckgen.export.layout.typefaces import Typeface

SHARPNESS = 2  # pixels a point
_SVG = "{http://www.w3.org/2000/svg}"
_UNSEEN = "0.003"  # text of no opacity at all is left out

# What chooses the look of the picture before it: skin, coloured or plain, a key around a digit, a flag.
_MODIFIERS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]")


def pictured(svg: str, face: Typeface) -> str:
    """Returns an SVG of the same size: a picture of the slide, and over it its text without emoji."""
    root = Tree.fromstring(svg)  # noqa: S314 - written by svg/drawing.py
    drawn = Tree.Element(_SVG + "svg", dict(root.attrib))
    picture = b64encode(vl_convert.svg_to_png(svg, scale=SHARPNESS)).decode()
    sides = {"width": root.get("width", ""), "height": root.get("height", "")}
    Tree.SubElement(drawn, _SVG + "image", {"href": f"data:image/png;base64,{picture}", **sides})
    texts = Tree.SubElement(drawn, _SVG + "g", {"fill-opacity": _UNSEEN})
    texts.extend([each for each in root.iter(_SVG + "text") if _plain(each, face)])
    return Tree.tostring(drawn, encoding="unicode")


def _plain(text: Tree.Element, face: Typeface) -> bool:
    """Takes the pictures out of a text; False if nothing is left of it."""
    for part in text.iter():
        part.text = _without_pictures(part.text, face)
        part.tail = _without_pictures(part.tail, face)
    return bool("".join(text.itertext()).strip())


def _without_pictures(text: str | None, face: Typeface) -> str:
    """Returns a text without emoji; signs that the font has (°, ©) and marks of letters stay."""
    return "".join(
        char
        for char in _MODIFIERS.sub("", text or "")
        if face.has(char) or unicodedata.category(char) != "So"
    )
