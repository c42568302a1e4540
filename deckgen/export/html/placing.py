"""Where the elements of a scene stand, and which of them stand in a panel."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from deckgen.export.layout.boxes import Box
from deckgen.export.scene.elements import DOT, Curve, Element, Panel, Polygon, Rule

_SLACK = 0.5  # points by which what lies in a panel may reach over its edge


@dataclass
class Placed:
    """An element with its place, and what lies in it."""

    element: Element
    box: Box
    inside: list["Placed"] = field(default_factory=list)


def placed(elements: Iterable[Element]) -> list[Placed]:
    """Returns elements in reading order; what follows a panel and lies in it is inside of it."""
    found: list[Placed] = []
    around: list[Placed] = []
    for element in elements:
        made = Placed(element, box_of(element))
        while around and not _holds(around[-1].box, made.box):
            around.pop()
        (around[-1].inside if around else found).append(made)
        if isinstance(element, Panel):
            around.append(made)
    return found


def box_of(element: Element) -> Box:
    """Returns the place of an element; of a line, with the room that its weight takes."""
    match element:
        case Rule():
            return Box.around([element.start, element.end], element.weight / 2)
        case Curve():
            return Box.around(element.points, DOT if element.ends_in_dot else element.weight)
        case Polygon():
            return Box.around(element.points)
    return element.box


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer.left - _SLACK <= inner.left
        and inner.right <= outer.right + _SLACK
        and outer.top - _SLACK <= inner.top
        and inner.bottom <= outer.bottom + _SLACK
    )
