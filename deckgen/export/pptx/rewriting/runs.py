"""The letters of a paragraph and where each stands, so that some are replaced and no run is touched."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from deckgen.export.pptx.reading.slides import is_slide_number


@dataclass(frozen=True)
class Letter:
    """A letter as a reader sees it; `node` is None for a space that stands for a break."""

    char: str
    node: Any
    place: int


@dataclass(frozen=True)
class Replacement:
    """What stands from one letter of a text up to another is replaced by new text."""

    start: int
    end: int
    new: str


def letters(paragraph: Any) -> list[Letter]:
    """Returns the letters whose text is what `said` of the reader returns."""
    found: list[Letter] = []
    for letter in _every(paragraph):
        if letter.char.isspace():
            if found and found[-1].char != " ":
                found.append(Letter(" ", letter.node, letter.place))
        elif category(letter.char) != "Cf":
            found.append(letter)
    return found[:-1] if found and found[-1].char == " " else found


def _every(paragraph: Any) -> Iterable[Letter]:
    for node in paragraph.iter():
        if not isinstance(node.tag, str):
            continue
        kind = node.tag.rpartition("}")[2]
        if kind == "t" and not is_slide_number(node):
            yield from (Letter(char, node, place) for place, char in enumerate(node.text or ""))
        elif kind in ("br", "tab"):
            yield Letter(" ", None, 0)


def replace(paragraph: Any, replacements: Iterable[Replacement]) -> None:
    """Write new text in the run in which the old one began; the rest of the old one goes."""
    every = letters(paragraph)
    for each in sorted(replacements, key=lambda one: one.start, reverse=True):
        _replace(
            [letter for letter in every[each.start : each.end] if letter.node is not None], each.new
        )


def _replace(old: list[Letter], new: str) -> None:
    places: dict[int, set[int]] = {}
    nodes = {}
    for letter in old:
        nodes[id(letter.node)] = letter.node
        places.setdefault(id(letter.node), set()).add(letter.place)
    first = old[0]
    for key, node in nodes.items():
        text = node.text or ""
        kept = [char for place, char in enumerate(text) if place not in places[key]]
        if node is first.node:
            kept.insert(first.place, new)
        node.text = "".join(kept)
