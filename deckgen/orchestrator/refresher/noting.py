"""New numbers in the notes of a slide."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from deckgen.export.pptx.reading.contents import SlidePlaces, Words
from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting.runs import Replacement, replace
from deckgen.orchestrator.refresher.aligning import by_comparison
from deckgen.orchestrator.refresher.outcome import Pen
from deckgen.orchestrator.verifier.presentation import matching

LEAST = 0.6  # of their words: lines that have less in common are others


def renew(
    pen: Pen, lines: list[tuple[str, Any]], before: SlidePlaces, now: SlidePlaces, new: SlidePlaces
) -> None:
    """Write notes, whose paragraphs are given with their parts; those of two parts are people's own."""
    parts, elements = {part for part, _ in lines}, [each for _, each in lines]
    if len(parts) != 1:
        return
    (part,) = parts
    if _texts(before) == _texts(now):
        _fill(pen, part, elements, _texts(before), _texts(new))
        return
    pairs = zip(before.notes, _like(before.notes, new.notes), strict=True)
    slots = [
        slot
        for number, (old, fresh) in enumerate(pairs)
        for slot in by_comparison(number, old.text, fresh.text)
    ]
    pen.write(part, elements, before.notes, slots)


def _texts(slide: SlidePlaces) -> list[str]:
    return [each.text for each in slide.notes]


def _fill(pen: Pen, part: str, elements: list[Any], before: list[str], new: list[str]) -> None:
    """Write notes that nobody changed, as many lines as there are now."""
    pen.count(sum(any(map(str.isdigit, each)) for each in new), sum(each not in before for each in new))
    if before == new or not new:
        return
    for extra in elements[len(new) :]:
        extra.getparent().remove(extra)
    while len(elements) < len(new):
        elements[-1].addnext(deepcopy(elements[-1]))
        elements.append(elements[-1].getnext())
    for element, text in zip(elements, new, strict=False):
        slots = by_comparison(0, said(element), text)
        replace(element, [Replacement(each.start, each.end, each.new) for each in slots])
    pen.package.keep(part)


def _like(before: Sequence[Words], fresh: Sequence[Words]) -> Sequence[Words]:
    """Returns the new line for each of those before; the line itself where there is none."""
    if len(before) == len(fresh):
        return fresh
    pairs = matching.paired(before, fresh, _overlap, LEAST).found
    new = {one: fresh[other] for other, one in pairs.items()}
    return [new.get(number, each) for number, each in enumerate(before)]


def _overlap(one: Words, other: Words) -> float:
    return matching.overlap(matching.bag(one.text), matching.bag(other.text))
