"""Numbers and their sentences: what an edit did to the text of one place.

The words of the place are aligned with those that it had. A number holds if it is the same, and if its
sentence has all of its words: further words change nothing, unless they are numbers or deny it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

from deckgen.domain.language.languages import languages
from deckgen.domain.language.phrasebook import words_of
from deckgen.domain.prose.number_words import own_numbers
from deckgen.orchestrator.verifier.presentation.tokens import Token, stated, tokens, whole

# How a fault says that a sentence is another one, whose numbers may be right for all that.
LEFT_ALONE, MISSING, OTHERWISE = "left without its sentence", "is missing", "it says something else"
HALF = 0.5  # of its words: a sentence that has fewer left is another one
LEAST_FOR_TYPO = 4  # letters: in shorter words one letter makes another word
SHOWN = 90
_DENIALS = words_of("""
    not no never neither nor none without hardly barely cannot can't don't didn't isn't wasn't won't
    nicht kein keine keinen keiner keines nie niemals ohne kaum weder
""")
# Words of direction that point at a place of the page as well, or at another comparison.
_LOOSE = words_of("""
    up down upward upwards downward downwards above below higher lower larger smaller plus minus
""")


@dataclass
class _Alignment:
    """Which words are kept, and which were added before which; `pairs` are words in place of others."""

    kept: set[int] = field(default_factory=set)
    pairs: dict[int, Token] = field(default_factory=dict)
    added: list[tuple[int, list[Token]]] = field(default_factory=list)


def edits(
    before: Sequence[str], after: Sequence[str], known: Collection[str], *, is_title: bool = False
) -> Iterator[str]:
    """Yields what is wrong with a text that said `before`, paragraph by paragraph, and says `after`.

    `known` are all words and numerals of the deck. A title is a claim, whose words count without a
    number as well.
    """
    if list(before) == list(after):
        return
    expected, found = tokens(before), tokens(after)
    one = whole(before)
    aligned = _aligned(expected, found, known)
    numbers = [0 if one else each.sentence for each in expected]
    for number in dict.fromkeys(numbers):
        places = [place for place, each in enumerate(numbers) if each == number]
        yield from _of_sentence(expected, places, aligned, found, is_title=is_title)
    yield from _added(expected, aligned, known)


def _of_sentence(
    expected: list[Token],
    places: list[int],
    aligned: _Alignment,
    found: list[Token],
    *,
    is_title: bool,
) -> Iterator[str]:
    numerals = [place for place in places if expected[place].is_numeral]
    words = [place for place in places if not expected[place].is_numeral]
    kept = [place for place in numerals if place in aligned.kept]
    lost = [place for place in words if place not in aligned.kept]
    is_there = bool(kept) or len(words) - len(lost) >= max(1, HALF * len(words))
    if not is_there and not (is_title and found) and not _is_replaced(numerals, aligned):
        return  # it was left out with its numbers
    for place in numerals:
        if place in aligned.pairs:
            yield f"“{aligned.pairs[place].shown}” stands where “{expected[place].shown}” was"
        elif place not in aligned.kept:
            yield f"“{expected[place].shown}” {MISSING}: {_shown(found)}"
    denied = _denied(places, aligned, expected)
    if lost or denied:
        why = f"“{expected[lost[0]].shown}” is not there" if lost else f"“{denied}” was added"
        if kept:
            left = ", ".join(f"“{expected[place].shown}”" for place in kept)
            are = "is" if len(kept) == 1 else "are"
            yield f"{left} {are} {LEFT_ALONE}, {why}: {_shown(found)}"
        elif is_title and not numerals:
            yield f"{OTHERWISE}, {why}: {_shown(found)}"


def _is_replaced(numerals: list[int], aligned: _Alignment) -> bool:
    """True if another number, in digits or in words, stands where one of these was."""
    words = (aligned.pairs[place] for place in numerals if place in aligned.pairs)
    return any(word.is_numeral or any(stated([word], after_numeral=False)) for word in words)


def _added(expected: list[Token], aligned: _Alignment, known: Collection[str]) -> Iterator[str]:
    """Yields the numbers among what was added, in digits or in words."""
    for place, words in aligned.added:
        after_numeral = place > 0 and expected[place - 1].is_numeral
        for number in dict.fromkeys(stated(words, after_numeral=after_numeral)):
            is_known = any(each.text in known for each in words if each.shown == number)
            what = "is another sentence's" if is_known else "was added"
            yield f"“{number}” {what}: {_shown(words)}"


def _denied(places: list[int], aligned: _Alignment, expected: list[Token]) -> str:
    """Returns a word that was added to a sentence and denies or turns it; nothing without one."""
    for place, words in aligned.added:
        inside = places[0] < place <= places[-1]
        at_end = place == places[-1] + 1 and not _stands_alone(words, expected[place - 1])
        if inside or at_end or place == places[0]:
            for each in words:
                if each.text in _turning() and (inside or at_end or not _ends(words)):
                    return each.shown
    return ""


def _stands_alone(words: list[Token], before: Token) -> bool:
    """True if words that were added behind a sentence are one of their own."""
    return before.shown[-1] in ".!?" or words[0].shown[:1].isupper()


def _ends(words: list[Token]) -> bool:
    return words[-1].shown[-1] in ".!?:"


@cache
def _turning() -> frozenset[str]:
    spoken = [each.words for each in languages().values()]
    moves = [words for each in spoken for words in (each.rise, each.fall)]
    return _DENIALS.union(*moves) - _LOOSE


def _aligned(expected: list[Token], found: list[Token], known: Collection[str]) -> _Alignment:
    aligned = _Alignment()
    matcher = SequenceMatcher(
        None, [each.text for each in expected], [each.text for each in found], autojunk=False
    )
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind == "equal":
            aligned.kept.update(range(start, end))
        elif kind == "replace" and end - start == last - first:
            for place, word in zip(range(start, end), found[first:last], strict=True):
                _pair(aligned, expected, place, word, known)
        elif last > first:
            aligned.added.append((start, found[first:last]))
    return aligned


def _pair(
    aligned: _Alignment, expected: list[Token], place: int, word: Token, known: Collection[str]
) -> None:
    """Take a word in place of another as a mended letter, as another number, or as added."""
    was = expected[place]
    is_other_word = word.text in known  # as the name of another group, which differs in one letter
    if _is_mended(was, word) and not is_other_word and not _is_beside_numeral(expected, place):
        aligned.kept.add(place)
    elif was.is_numeral:
        aligned.pairs[place] = word
    else:
        aligned.added.append((place, [word]))


def _is_beside_numeral(expected: list[Token], place: int) -> bool:
    """True if a word may be the unit of a number."""
    beside = expected[max(0, place - 1) : place] + expected[place + 1 : place + 2]
    return any(each.is_numeral and each.sentence == expected[place].sentence for each in beside)


def _is_mended(was: Token, word: Token) -> bool:
    """True if one letter differs, or two neighbours changed places, and it says no other thing."""
    one, other = was.text, word.text
    if was.is_numeral or word.is_numeral or min(len(one), len(other)) < LEAST_FOR_TYPO:
        return False
    if {one, other} & _turning() or own_numbers(one) or own_numbers(other):
        return False
    return _one_letter(one, other)


def _one_letter(one: str, other: str) -> bool:
    start = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    if start is None:
        return abs(len(one) - len(other)) <= 1
    rest, others = one[start:], other[start:]
    swapped = rest[:2] == others[1::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def _shown(words: Sequence[Token]) -> str:
    text = " ".join(each.shown for each in words)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
