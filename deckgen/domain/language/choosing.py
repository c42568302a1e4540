"""Which language a deck is written in."""

import re
from collections import Counter
from dataclasses import dataclass

from babel import Locale

from deckgen.domain.briefs import Brief
from deckgen.domain.language.languages import ENGLISH, languages
from deckgen.domain.language.phrasebook import Language, words_of

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


@dataclass(frozen=True)
class Choice:
    """The code of a language that deckgen writes, and of the one that was wanted in its place."""

    code: str
    wanted: str = ""


def choose(brief: Brief) -> Choice:
    """Returns the language that the brief asks for, else its own, else its locale's; English if that is
    one which deckgen does not write.
    """
    wanted = _primary(brief.language) or spoken_in(brief.business_context) or _primary(brief.locale)
    return Choice(wanted) if wanted in languages() else Choice(ENGLISH, wanted)


def not_written(wanted: str) -> str:
    """Returns the warning of a text that should be in a language which deckgen does not write."""
    name = Locale(wanted).get_language_name(ENGLISH)
    return f"deckgen does not write {name} yet: the words are English, numbers and dates as asked for"


def language_of(brief: Brief) -> Language:
    """Returns the language that the deck of a brief is written in."""
    return languages()[choose(brief).code]


def in_language(brief: Brief, code: str) -> Brief:
    """Returns a brief that asks for a language."""
    return brief.model_copy(update={"language": code})


def spoken_in(text: str) -> str:
    """Returns the language that most of the small words of a text belong to; empty if undecided."""
    said = Counter(_WORD.findall(text.lower()))
    known = {code: each.common for code, each in languages().items()}
    counted = {code: sum(said[word] for word in common) for code, common in {**OTHERS, **known}.items()}
    code = max(counted, key=lambda each: counted[each])
    least = 1 if code in known else SURE_OF_OTHERS
    others = [count for other, count in counted.items() if other != code]
    return code if counted[code] >= least and counted[code] > max(others) else ""


def _primary(tag: str | None) -> str:
    """Returns the language of a tag or a locale, without country and script."""
    return Locale.parse(tag.replace("-", "_")).language if tag else ""
