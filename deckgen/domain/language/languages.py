"""The languages that deckgen writes: each is a folder here, and a new one is a new folder.

A folder has `words.py` with COMMON, WORDS and perhaps others, which docs/extending.md describes, and
the folder `sentences`, each file of which has a table SENTENCES.
"""

import importlib
import pkgutil
from collections import Counter
from functools import cache

from deckgen.domain import language as package
from deckgen.domain.language.phrasebook import Language, Words, as_it_is, never, slots_of
from deckgen.domain.language.translations import Translations
from deckgen.domain.registry import rows

ENGLISH = "en"
REWORDED = (
    "short.",
    "gist.",
    "row.",
    "proof.",
)  # the same in other words, which a language may do without
AVERAGE = "measure.average"  # the key of a mean's name


@cache
def languages() -> dict[str, Language]:
    """Returns the languages by their codes. TypeError, in a sentence, if one of them lacks a text."""
    found = {code: _language(code) for code in _codes()}
    problems = [problem for each in found.values() for problem in _lacks(each, found[ENGLISH])]
    if problems:
        raise TypeError(f"The languages are not complete: {'; '.join(problems)}.")
    return found


def language(code: str) -> Language:
    """Returns the language of a code; English if there is none of that code."""
    return languages().get(code, languages()[ENGLISH])


def without(text: str, key: str) -> str:
    """Returns a text without what any of the languages says before the first slot of a key."""
    for each in languages().values():
        text = text.removeprefix(each.texts[key].partition("{")[0])
    return text


def _codes() -> list[str]:
    """Returns the codes of the languages that have a folder."""
    return sorted(each.name for each in pkgutil.iter_modules(package.__path__) if each.ispkg)


def _language(code: str) -> Language:
    own = importlib.import_module(f"{package.__name__}.{code}.words")
    if not isinstance(getattr(own, "WORDS", None), Words):
        raise TypeError(f"{own.__name__} has no WORDS, which are Words.")
    tables = rows(importlib.import_module(f"{package.__name__}.{code}.sentences"), dict, "SENTENCES")
    often = Counter(key for table in tables.values() for key in table)
    twice = sorted(key for key, count in often.items() if count > 1)
    if twice:
        raise TypeError(f"{', '.join(twice)} stands in two files of {code}/sentences.")
    texts = {key: text for table in tables.values() for key, text in table.items()}
    return Language(
        code=code,
        common=own.COMMON,
        words=own.WORDS,
        texts=texts,
        in_form=getattr(own, "IN_FORM", as_it_is),
        is_plural=getattr(own, "IS_PLURAL", never),
        reading=Translations(getattr(own, "READING", {})),
        nouns=Translations(getattr(own, "NOUNS", {})),
    )


def _lacks(own: Language, english: Language) -> list[str]:
    """Returns what a language lacks, or has and English does not."""
    needed = {key for key in english.texts if not key.startswith(REWORDED)}
    missing = sorted(needed - own.texts.keys())
    texts = {key: text for key, text in own.texts.items() if ":" not in key}  # others are forms
    beyond = sorted(texts.keys() - english.texts.keys())
    slots = sorted(
        key
        for key in english.texts.keys() & texts.keys()
        if not slots_of(texts[key]) <= slots_of(english.texts[key])
    )
    return [
        *(f"{own.code} has no text for {key}" for key in missing),
        *(f"{own.code} has {key}, which English lacks" for key in beyond),
        *(f"{own.code} has another slot in {key}" for key in slots),
    ]
