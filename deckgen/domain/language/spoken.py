"""Which language a text is in, and how that language usually writes numbers and dates."""

import re
from collections import Counter

from babel import Locale
from babel.core import get_global

from deckgen.domain.language.languages import ENGLISH, languages
from deckgen.domain.language.phrasebook import words_of

# Small words of languages that deckgen does not write: so that it can say so.
OTHERS = {
    "fr": words_of("le la les des du une est sont quel quelle quels quelles comment pourquoi par nos"),
    "es": words_of("el la los las del una es son qué cuál cuáles cómo por nuestros nuestras han más"),
    "it": words_of("il lo gli della delle dei una è sono quale quali come perché per nostri sono più"),
    "nl": words_of("het een van zijn welke hoe waarom per onze hebben heeft wordt de voor met meest"),
    "pt": words_of("o os as do da dos das uma é são qual quais como por nossos nossas têm mais"),
}
SURE_OF_OTHERS = 2  # words, since each of them may be a name
_WORD = re.compile(r"[^\W\d_]+")


def spoken_in(text: str) -> str:
    """Returns the language that most of the small words of a text belong to; empty if undecided."""
    said = Counter(_WORD.findall(text.lower()))
    known = {code: each.common for code, each in languages().items()}
    counted = {code: sum(said[word] for word in common) for code, common in {**OTHERS, **known}.items()}
    code = max(counted, key=lambda each: counted[each])
    least = 1 if code in known else SURE_OF_OTHERS
    others = [count for other, count in counted.items() if other != code]
    return code if counted[code] >= least and counted[code] > max(others) else ""


def usual_locale(language: str | None, text: str) -> str:
    """Returns the usual locale of a language that deckgen writes, else of that of a text: de_DE of de,
    de_AT of de-AT.
    """
    code = primary(language) or spoken_in(text)
    if code not in languages():
        code, language = ENGLISH, None
    asked = Locale.parse(language.replace("-", "_")) if language else None
    likely = Locale.parse(get_global("likely_subtags").get(code, code))
    territory = (asked and asked.territory) or likely.territory
    return f"{code}_{territory}" if territory else code


def primary(tag: str | None) -> str:
    """Returns the language of a tag or a locale, without country and script."""
    return Locale.parse(tag.replace("-", "_")).language if tag else ""
