"""Which language a deck is written in."""

from dataclasses import dataclass

from babel import Locale

from deckgen.domain.briefs import Brief
from deckgen.domain.language.languages import ENGLISH, languages
from deckgen.domain.language.phrasebook import Language
from deckgen.domain.language.spoken import primary, spoken_in


@dataclass(frozen=True)
class Choice:
    """The code of a language that deckgen writes, and of the one that was wanted in its place."""

    code: str
    wanted: str = ""


def choose(brief: Brief) -> Choice:
    """Returns the language that the brief asks for, else its own, else its locale's; English if that is
    one which deckgen does not write.
    """
    wanted = primary(brief.language) or spoken_in(brief.business_context) or primary(brief.locale)
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
