"""The words of an edited text in a form for comparison: numerals exactly, words as people read them."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.export.pptx.reading.archive import too_large

MOST_WORDS = 20_000  # of one text: comparing takes time by their square
_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―﹣－", "-"))
_QUOTES = "“”„\"'‘’‚«»‹›`"
_AROUND = _QUOTES + ".,;:!?…()[]{}*•·|/\\#_-"
_BEHIND = _QUOTES + ".,;:!?…"
_SIGNS = "%‰‱+±<>≤≥~≈×=^"


@dataclass(frozen=True)
class Token:
    """A word: `text` is compared, `shown` is told; `sentence` is the number of its sentence."""

    text: str
    shown: str
    sentence: int
    is_numeral: bool


def tokens(paragraphs: Sequence[str]) -> list[Token]:
    """Returns the words of a text. A figure that stands alone is one sentence with its neighbours."""
    found: list[Token] = []
    sentence = 0
    for paragraph in paragraphs:
        written = paragraph.split()
        for place, word in enumerate(written):
            text = normal(word, before=written[place + 1] if place + 1 < len(written) else "")
            if text:
                found.append(Token(text, word, sentence, is_numeral(text)))
            sentence += _ends_sentence(written, place)
        sentence += 1
    if len(found) > MOST_WORDS:
        raise too_large(f"has more than {MOST_WORDS:,} words in one text")
    return found


def whole(paragraphs: Sequence[str]) -> bool:
    """True if the paragraphs of a text are read as one: a figure, and below it what it is."""
    return any(_is_bare(paragraph) for paragraph in paragraphs)


def _is_bare(paragraph: str) -> bool:
    found = tokens([paragraph])
    numerals = sum(each.is_numeral for each in found)
    return numerals > 0 and len(found) - numerals <= 2


def _ends_sentence(written: Sequence[str], place: int) -> bool:
    after = written[place + 1 : place + 2]
    return written[place][-1] in ".!?" and bool(after) and after[0].lstrip(_QUOTES)[:1].isupper()


def normal(word: str, before: str = "") -> str:
    """Returns a word without the marks around it; nothing for a mark. `before` is the word after it."""
    plain = unicodedata.normalize("NFC", word).translate(_DASHES).casefold()
    if is_numeral(plain):
        bare = plain.strip(_QUOTES).rstrip(_BEHIND)
        if not (bare.startswith("(") and bare.endswith(")")):  # which says that it is negative
            bare = bare.strip("()[]").rstrip(_BEHIND)
        return bare
    bare = plain.strip(_AROUND)
    if bare or not plain.strip(_QUOTES):
        return bare
    is_sign = plain == "-" and bool(before) and is_numeral(before[:2])
    return plain if is_sign or any(_is_sign(char) for char in plain) else ""


def _is_sign(char: str) -> bool:
    return char in _SIGNS or unicodedata.category(char) == "Sc"


@cache
def is_numeral(word: str) -> bool:
    """True if a word has a digit, of any script."""
    return any(unicodedata.numeric(char, None) is not None for char in word)


def stated(words: Sequence[Token], *, after_numeral: bool) -> Iterator[str]:
    """Yields the numbers, and the units that make another number, among words that were added.

    It is the rule for a model's sentences: numbers in words and in foreign digits are numbers.
    """
    yield from (each.shown for each in words if each.is_numeral or _is_sign(each.text[0]))
    text = " ".join(MARK if each.is_numeral else each.shown for each in words)
    yield from (
        each for each in own_numbers(f"{MARK} {text}" if after_numeral else text) if each not in _SIGNS
    )
