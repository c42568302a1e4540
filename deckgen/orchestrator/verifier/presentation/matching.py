"""Which slide and which shape of an edited file is which of those that were made.

Names of shapes tell it, where a program kept them: LibreOffice names placeholders anew. Else it is the
text, and where the shape stands; a shape is never matched by its text alone to the place of another.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from deckgen.export.pptx.reading.contents import Box, Contents, SlidePlaces, TextPlace
from deckgen.orchestrator.verifier.presentation.tokens import normal

Expected = TypeVar("Expected")
Found = TypeVar("Found")

SAME_SLIDE, COPY_OF_SLIDE, SAME_PLACE = 0.3, 0.6, 0.5
NAMED, BOXED, HELD = 4.0, 1.0, 0.5
NEAR = 2  # points


@dataclass(frozen=True)
class Pairs:
    """What was found in place of what was expected, by their numbers; the rest is new, or is gone."""

    found: dict[int, int]  # from what is there to what was expected


def paired(
    expected: Sequence[Expected],
    found: Sequence[Found],
    score: Callable[[Expected, Found], float],
    least: float,
) -> Pairs:
    """Returns the best pairs of all together, of which each has at least this score."""
    if not expected or not found:
        return Pairs({})
    scores = np.array([[score(one, other) for other in found] for one in expected])
    ones, others = linear_sum_assignment(scores, maximize=True)
    pairs = zip(ones.tolist(), others.tolist(), strict=True)
    return Pairs({other: one for one, other in pairs if scores[one, other] >= least})


def slides(expected: Contents, found: Contents) -> dict[int, SlidePlaces]:
    """Returns the slides that were made, by the number of the slide in the file; a copy has one too."""
    bags = {id(each): _bag(each) for each in (*expected.slides, *found.slides)}
    ids = {each.id for each in expected.slides}
    votes = {id(each): _votes(each, ids) for each in found.slides}

    def score(one: SlidePlaces, other: SlidePlaces) -> float:
        return 2 * votes[id(other)].get(one.id, 0.0) + overlap(bags[id(one)], bags[id(other)])

    pairs = paired(expected.slides, found.slides, score, SAME_SLIDE)
    known = {other: expected.slides[one] for other, one in pairs.found.items()}
    for number, other in enumerate(found.slides):
        if number not in known and expected.slides:
            best = max(expected.slides, key=lambda one: score(one, other))
            if score(best, other) >= COPY_OF_SLIDE:
                known[number] = best
    return known


def _votes(slide: SlidePlaces, ids: set[str]) -> dict[str, float]:
    """Returns of which slides the shapes say that they are, as parts of one."""
    named = [*slide.others, *(each.name for each in slide.texts)]
    named += [each.name for each in slide.tables] + [each.name for each in slide.charts]
    told = Counter(word for name in named if (word := name.partition(" ")[0]) in ids)
    return {word: count / told.total() for word, count in told.items()}


def _bag(slide: SlidePlaces) -> Counter[str]:
    texts = [each.text for place in slide.texts for each in place.paragraphs]
    texts += [cell for table in slide.tables for row in table.rows for cell in row]
    return bag(" ".join(texts))


def bag(text: str) -> Counter[str]:
    return Counter(filter(None, map(normal, text.split())))


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Returns how much two texts have in common: 1 for the same words, 0 for none."""
    both = one.total() + other.total()
    return 2 * (one & other).total() / both if both else 0.0


def texts(expected: SlidePlaces, found: SlidePlaces) -> Pairs:
    """Returns which text of a slide is which."""
    bags = {id(place): bag(text_of(place)) for place in (*expected.texts, *found.texts)}
    names = {each.name for each in expected.texts}

    def score(one: TextPlace, other: TextPlace) -> float:
        if other.name in names:
            return NAMED if one.name == other.name else 0.0
        is_held = bool(one.holder) and one.holder == other.holder
        near = BOXED if _is_near(one.box, other.box) else 0.0
        return overlap(bags[id(one)], bags[id(other)]) + near + HELD * is_held

    return paired(expected.texts, found.texts, score, SAME_PLACE)


def text_of(place: TextPlace) -> str:
    return " ".join(each.text for each in place.paragraphs)


def _is_near(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(mine - its) <= NEAR for mine, its in zip(one, other, strict=True))
