"""python-pptx as the exports use it. Its annotations are partial and in places wrong, so that its
objects are passed on as Any; what is built with them is checked by opening the result again."""

from typing import Any, TypeAlias

from pptx.dml.color import RGBColor
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

NativeSlide: TypeAlias = Any
NativeChart: TypeAlias = Any
NativeDeck: TypeAlias = Any
NativeLayout: TypeAlias = Any
__all__ = [
    "NativeChart",
    "NativeDeck",
    "NativeLayout",
    "NativeSlide",
    "element",
    "paint",
    "qn",
    "rgb",
    "speak",
]


def rgb(colour: str) -> Any:
    """python-pptx's colour for RRGGBB."""
    return RGBColor.from_string(colour)  # type: ignore[no-untyped-call]  # no types in python-pptx


def paint(fill: Any, colour: str) -> None:
    fill.solid()
    fill.fore_color.rgb = rgb(colour)


def element(tag: str, inside: str = "", **attributes: object) -> Any:
    """An XML element with the prefixes of drawings and charts declared; `inside` is XML."""
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return parse_xml(f"<{tag} {nsdecls('a', 'c')}{given}>{inside}</{tag}>")


def speak(text: Any, language: str) -> None:
    """Mark each run of a shape, a slide or a chart as text of a language, by its BCP 47 tag."""
    for run in text.iter(qn("a:r")):
        run.get_or_add_rPr()
    for properties in text.iter(qn("a:rPr"), qn("a:endParaRPr")):
        properties.set("lang", language)
