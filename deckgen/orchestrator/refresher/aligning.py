"""Where the facts of a text stand in it after people edited it, and what is written there instead.

The words of a text are aligned with those that it had. A fact that still stands there, in its words, is
found; what people changed is not, and so is never written over.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from unicodedata import category

from deckgen.export.pptx.rewriting.runs import Replacement
from deckgen.export.text import Words
from deckgen.orchestrator.verifier.presentation.tokens import is_numeral, normal

_WORD = re.compile(r"\S+")
_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―﹣－", "-"))


@dataclass(frozen=True)
class Slot:
    """A piece of a text that stands for something: what it said, and what it says now."""

    paragraph: int
    start: int
    end: int
    old: str
    new: str
    reference: str = ""


@dataclass
class Found:
    """By paragraphs of the edited text: what is replaced, and which references stand where.

    `seen` counts all that were found, also those that say the same as before.
    """

    replacements: dict[int, list[Replacement]] = field(default_factory=dict)
    told: dict[int, list[Replacement]] = field(default_factory=dict)
    seen: int = 0
    changed: int = 0


@dataclass(frozen=True)
class _Piece:
    paragraph: int
    start: int
    end: int
    text: str


def by_reference(number: int, told: str, before: Words, after: Words, told_after: str) -> list[Slot]:
    """Returns the slots of a paragraph by the references in it, which stand in both in one order."""
    slots, text = [], ""
    news = iter([each for each in after.spans(told_after) if each.reference is not None])
    for span in before.spans(told):
        piece = "".join(char for char in span.text if category(char) != "Cf")
        if span.reference is None:
            text += piece
            continue
        start = len(" ".join((text + "x").split())) - 1
        said, new = " ".join(piece.split()), next(news)
        slots.append(
            Slot(number, start, start + len(said), said, new.text.strip(), new.reference or "")
        )
        text += piece
    return slots


def by_comparison(number: int, before: str, after: str) -> list[Slot]:
    """Returns the slots of a text that was composed twice: wherever it says something else now."""
    olds, news = _pieces([before]), _pieces([after])
    mine, its = ([_masked(each.text) for each in pieces] for pieces in (olds, news))
    slots = []
    for kind, start, end, first, last in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs = zip(olds[start:end], news[first:last], strict=True)
            slots += [_slot(number, before, after, [one], [two]) for one, two in pairs]
        elif kind == "replace":
            slots.append(_slot(number, before, after, olds[start:end], news[first:last]))
        elif start > 0 and first > 0:  # it hangs on the word before
            slots.append(_slot(number, before, after, olds[start - 1 : end], news[first - 1 : last]))
    one_each = {each.start: each for each in slots}  # the longer one, which comes later
    found = [each for each in one_each.values() if each.old != each.new]
    changes = [Replacement(each.start, each.end, each.new) for each in found]
    is_told = written(before, changes) == after
    return found if is_told else [Slot(number, 0, len(before), before, after)]


def _slot(number: int, before: str, after: str, olds: Sequence[_Piece], news: Sequence[_Piece]) -> Slot:
    start, end = olds[0].start, olds[-1].end
    new = after[news[0].start : news[-1].end]
    return Slot(number, start, end, before[start:end], new)


def _masked(word: str) -> str:
    return "0" if is_numeral(word) else word


def _pieces(paragraphs: Sequence[str]) -> list[_Piece]:
    return [piece for number, text in enumerate(paragraphs) for piece in _of(number, text)]


def _of(number: int, text: str) -> Iterator[_Piece]:
    matches = list(_WORD.finditer(text))
    for place, match in enumerate(matches):
        following = matches[place + 1][0] if place + 1 < len(matches) else ""
        if word := normal(match[0], before=following):
            yield _Piece(number, match.start(), match.end(), word)


def find(before: Sequence[str], slots: Sequence[Slot], after: Sequence[str]) -> Found:
    """Returns where the slots of a text stand in the edited one, paragraph by paragraph."""
    result = Found()
    wholes = _same_paragraphs(before, after)
    rest = [number for number in range(len(before)) if number not in wholes]
    free = [number for number in range(len(after)) if number not in wholes.values()]
    olds = [piece for number in rest for piece in _of(number, before[number])]
    news = [piece for number in free for piece in _of(number, after[number])]
    pairs: dict[tuple[int, int], _Piece] = {}
    matcher = SequenceMatcher(
        None, [each.text for each in olds], [each.text for each in news], autojunk=False
    )
    for start, first, size in matcher.get_matching_blocks():
        for step in range(size):
            pairs[olds[start + step].paragraph, olds[start + step].start] = news[first + step]
    for slot in slots:
        if slot.paragraph in wholes:
            _put(result, slot, wholes[slot.paragraph], slot.start)
        elif place := _place(slot, before[slot.paragraph], pairs, after):
            _put(result, slot, *place)
    return result


def _same_paragraphs(before: Sequence[str], after: Sequence[str]) -> dict[int, int]:
    """Returns the paragraphs that nobody changed, which may stand in another order."""
    free: dict[str, list[int]] = {}
    for number, text in enumerate(after):
        free.setdefault(text, []).append(number)
    return {number: free[text].pop(0) for number, text in enumerate(before) if free.get(text)}


def _place(
    slot: Slot, text: str, pairs: dict[tuple[int, int], _Piece], after: Sequence[str]
) -> tuple[int, int] | None:
    """Returns paragraph and letter where a slot stands now; None if its words are not there."""
    words = [
        each for each in _of(slot.paragraph, text) if each.end > slot.start and each.start < slot.end
    ]
    found = [pairs.get((each.paragraph, each.start)) for each in words]
    kept = [each for each in found if each is not None]
    if not kept or len(kept) < len(found) or len({each.paragraph for each in kept}) > 1:
        return None
    paragraph, start, end = kept[0].paragraph, kept[0].start, kept[-1].end
    if start > end:
        return None
    at = _folded(after[paragraph][start:end]).find(_folded(slot.old))
    return (paragraph, start + at) if at >= 0 else None


def _folded(text: str) -> str:
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text.translate(_DASHES))


def _put(result: Found, slot: Slot, paragraph: int, start: int) -> None:
    end = start + len(slot.old)
    result.seen += 1
    if slot.reference:
        said = Replacement(start, end, f"{{{{{slot.reference}}}}}")
        result.told.setdefault(paragraph, []).append(said)
    if slot.new != slot.old:
        result.changed += 1
        result.replacements.setdefault(paragraph, []).append(Replacement(start, end, slot.new))


def written(text: str, replacements: Sequence[Replacement]) -> str:
    """Returns a text with what is replaced in it."""
    for each in sorted(replacements, key=lambda one: one.start, reverse=True):
        text = text[: each.start] + each.new + text[each.end :]
    return text
