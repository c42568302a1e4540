"""Numbers that a text states itself: in digits of any script or in words of seven languages.

It is for texts whose numbers must all be references to facts. A word is a number where it counts,
measures or ranks: “half of it”, “twelve percent”, “the second largest”. Words that only sound like
one are left alone: “one of the largest”, “the last quarter”, “third-party”.
"""

import re
import unicodedata
from functools import lru_cache

from deckgen.domain.prose.foreign_number_words import CARDINALS, MULTIPLES, ORDINALS, PARTS, PERCENT

MARK = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where a reference, a label or a quotation was

# Letters of other scripts that look like Latin ones, which a reader would not tell apart.
_CYRILLIC = str.maketrans("аеіјорсухһԁѕԝАВЕІЈКМНОРСТХ", "aeijopcyxhdswABEIJKMHOPCTX")
_GREEK = str.maketrans("αεηικνορτυωΑΒΕΗΙΚΜΝΟΡΤΧ", "aenikvoptuwABEHIKMNOPTX")
_LATIN = _CYRILLIC | _GREEK
_SHARP_S = str.maketrans({"ß": "ss"})
_HYPHENS = str.maketrans("\N{HYPHEN}\N{NON-BREAKING HYPHEN}", "--")

_SIGNS = "[%‰‱]"
_PERCENT = rf"(?:percent(?:age[\s-]points?)?|per\s+cent|per\s*mille|pct|{PERCENT})\b"

# Names of things and phrases that hold a number word but state no number.
_HARMLESS = rf"""
    \b[ckdm]?m[²³] | \bCO₂ | \bR²                       # names of units and of a statistic
    | {MARK}[\s-]*(?:{_PERCENT}|{_SIGNS})              # says the unit of a reference again
    | \b(?:in|as)\s+(?:a\s+)?(?:{_PERCENT})             # says what is measured in
    | \bthird[\s-]part(?:y|ies)\b
    | \bsecond[\s-](?:hand|guess\w*|to\s+none|thoughts?)\b
    | \b(?:per|split)[\s-]second\b
    | (?:^|[.:;!?]\s+)(?:second|third|fourth|fifth),    # an order of speech
    | \btwo-(?:way|sided|tailed)\b
    | \bdouble[\s-](?:check|count|book)\w*
    | \bhalf[\s-]year(?:s|ly)?\b                        # a period, like a quarter
    | \bthe\s+only\s+one\b
    | \bwithin\s+a\s+quarter\b
"""

_ENGLISH = r"""
    (?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve
       |(?:thir|four|fif|six|seven|eigh|nine)teen
       |hundred|thousand|(?:m|b|tr|quadr)illion)(?:e?s|ths?|fold)?
    |(?:twen|thir|for|fif|six|seven|eigh|nine)t(?:y|ies|ieths?|yfold)
    |dozen(?:s|fold)?|zero|nil|n[ao]ught
    |second|thirds?|fifths?|eighths?|ninths?|twelfths?
"""
_ENGLISH_MULTIPLES = r"""
    half|halv(?:e[sd]?|ing)|twice|thrice|(?:du|tri)os?|quartets?|quintets?
    |a\s+score(?=\s+of\b)|orders?\s+of\s+magnitude
    |(?:doubl|tripl|trebl|(?:quadru|quintu|sextu|septu|octu|decu)pl)(?:e[sd]?|ing)
    |a\s+(?:couple|pair)\s+of
"""

# A quarter is mostly one of the year. It is a part where a part is what the words around it ask for.
_QUARTER = r"""
    a(?:\s+full)?[\s-]quarter(?=\s+of\b)
    |(?:by|nearly|almost|about|roughly|around|over|under|than|only|barely|to)\s+(?:a|one)\s+quarter
     (?!\s+(?:ago|earlier|later)|-)
    |one[\s-]quarter
    |a\s+quarter(?=\s+(?:or|higher|lower|more|less|larger|smaller|fewer|comes?|came|lies|lay))
"""
_ONE = r"""
    (?:only|just|exactly|all\s+but)\s+one
    |one\s+(?:in\s+every|out\s+of)
    |by\s+(?:\w+\s+)?one\s+point
"""
# Magnitudes that make another number of a reference, or stand for a word.
_MAGNITUDES = rf"""
    \b(?:mio|mrd|mln|mld|bl?n|(?-i:[mt]n)|lakh|crore)\b
    | (?<=\s)(?-i:k)(?![\w-])
    | (?<={MARK})\s?(?:[kmb]|mm|[mt]n)\b
"""
# A reference is shown with the unit of its fact: another word for a unit gives it a second one.
_UNITS = rf"""
    (?<={MARK})[\s-]?(?:
        dollars?|euros?|pounds?|francs?|yen|yuan|rupees?|kron(?:a|or|e|er)|cents?|pence
        |usd|eur|gbp|chf|jpy|cny|inr|sek|nok|dkk|pln|czk
        |basis\s+points?|bps?|pp[mt]
        |kilos?|kilogram(?:me)?s?|kg|grams?|tons?|tonnes?|lbs?
        |kilomet(?:re|er)s?|km|met(?:re|er)s?|miles?|lit(?:re|er)s?
    )\b
"""
# Letters of I, V and X are a number from two on; with L, C, D and M, shorter ones are abbreviations.
_ROMAN = r"""(?-i:
    (?=[IVX]{2,}\b|[IVXLCDM]{4,}\b)M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?!\w)
)"""

_WORD = f"(?:{_ENGLISH}|{CARDINALS}|{ORDINALS})"
_FLAGS = re.IGNORECASE | re.VERBOSE | re.MULTILINE
_LEAVE = re.compile(_HARMLESS, _FLAGS)
_NUMBER = re.compile(
    rf"""
    \b(?:{_WORD}(?:[\s-]+(?:and\s+)?{_WORD})*|{_ENGLISH_MULTIPLES}|{MULTIPLES}|{PARTS}
       |{_QUARTER}|{_ONE}|{_PERCENT}|{_ROMAN})\b
    | {_SIGNS} | {_MAGNITUDES} | {_UNITS}
    """,
    _FLAGS,
)


@lru_cache(maxsize=4096)
def own_numbers(text: str) -> tuple[str, ...]:
    """Returns the pieces of a text that state a number, in digits of any script or in words.

    References, labels and quotations must have been replaced by `MARK`. The words returned have the
    form for comparison: without accents and invisible characters, in Latin letters.
    """
    remaining = _LEAVE.sub(" ", text.translate(_HYPHENS)).split()
    digits = [word for word in remaining if any(map(_is_numeral, word))]
    words = " ".join(word for word in remaining if not any(map(_is_numeral, word)))
    return (*digits, *(match[0].strip() for match in _NUMBER.finditer(_plain(words))))


def _is_numeral(character: str) -> bool:
    return unicodedata.numeric(character, None) is not None


def _plain(text: str) -> str:
    """Returns the text with disguised letters replaced by those that they look like."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_SHARP_S))
    visible = (char for char in decomposed if unicodedata.category(char) not in ("Cf", "Mn"))
    return "".join(visible).translate(_LATIN)
