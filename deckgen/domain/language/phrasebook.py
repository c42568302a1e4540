"""What a language has to know: its texts by their keys, and the words that checks look for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deckgen.domain.language.translations import Translations

_SLOT = re.compile(r"\{(\w+)(?::([^{}]*))?\}")  # a slot, perhaps in a form
_REFERENCE = re.compile(r"\{\{[cC](\d+)\}\}")
Labels = Mapping[str, str]
InForm = Callable[[str, str, str], str]  # of a noun, the form, and what the noun reads like


@dataclass(frozen=True)
class Words:
    """The words of a language by which checks compare a text with its numbers; all in lower case."""

    rise: frozenset[str]
    fall: frozenset[str]
    steady: frozenset[str]
    highest: frozenset[str]
    lowest: frozenset[str]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]  # of verbs that are in no list
    causes: re.Pattern[str]  # what claims a cause
    joins: frozenset[str]  # between two clauses
    start: frozenset[str]  # before the first of two values: from
    end: frozenset[str]  # before the second: to
    idioms: frozenset[tuple[str, str]]  # pairs whose second word is no direction: make up
    either: frozenset[str] = frozenset()  # a move or a difference, of which way is open

    @property
    def directions(self) -> frozenset[str]:
        """The words for a rise, a fall, or neither."""
        return self.rise | self.fall | self.steady | self.either

    def has_verb(self, text: str) -> bool:
        """True if a text has a verb, by the list and by the endings."""
        return any(
            word in self.verbs or (len(word) > 4 and word.endswith(self.verb_endings))
            for word in re.findall(r"[^\W\d_]+", text.lower())
        )


@dataclass(frozen=True)
class Language:
    """A language with its texts; `common` are small words that show that a text is written in it.

    A slot of a text may have a form: `{measure:bei}`. A noun in a form is what `in_form` makes of it;
    a phrase has a text of its own for a form, if it differs: `periods.h1:im`. `labels` are what
    references to columns stand for, since the number of a noun decides about the words around it.
    """

    code: str
    common: frozenset[str]
    words: Words
    texts: Mapping[str, str]
    in_form: InForm
    is_plural: Callable[[str], bool]
    reading: Translations  # what is said of a table while it is read
    nouns: Translations  # of measures, and of what rows are
    labels: Labels = field(default_factory=dict)

    def of_columns(self, labels: Sequence[str]) -> "Language":
        """Returns the language for a table with these columns, by the names that people know."""
        return replace(self, labels={f"c{place}": label for place, label in enumerate(labels)})

    def fill(self, key: str, filled: Callable[[str, str], str], form: str = "") -> str:
        """Returns the text of a key in a form, with what `filled` gives for each slot and its form;
        KeyError names the key.
        """
        text = self.texts.get(f"{key}:{form}") or self.texts[key]
        return _SLOT.sub(lambda slot: filled(slot[1], slot[2] or ""), text)

    def noun(self, noun: str, form: str) -> str:
        """Returns a noun in a form; a form of two words is one of them, by the number of the noun."""
        named = _REFERENCE.sub(lambda found: self.labels.get(f"c{found[1]}", ""), noun)
        if "|" in form:
            one, many = form.split("|")
            return many if self.is_plural(named) else one
        return self.in_form(noun, form, named)

    def say(self, key: str, **slots: str) -> str:
        """Returns the text of a key with its slots filled."""
        return self.fill(key, lambda name, form: self.noun(slots[name], form))

    def known(self, key: str, otherwise: str) -> str:
        """Returns the text of a key, or what is given if there is none."""
        return self.texts.get(key, otherwise)

    def listed(self, texts: Sequence[str], joined: str = "list.and") -> str:
        """Returns texts as a list within a sentence: a, b and c."""
        if len(texts) < 2:
            return "".join(texts)
        return self.say(joined, some=", ".join(texts[:-1]), last=texts[-1])


def as_it_is(noun: str, form: str, named: str) -> str:
    """Returns the noun itself, for languages in which nouns have no forms."""
    return noun


def never(named: str) -> bool:
    """Returns that a noun is no plural, for languages in which its number changes no verb."""
    return False


def at_start(noun: str) -> str:
    """Returns a noun, perhaps a reference to a column, for the start of a sentence."""
    if noun.startswith("{{c"):
        return "{{C" + noun.removeprefix("{{c")
    return noun[:1].upper() + noun[1:]


def words_of(text: str) -> frozenset[str]:
    """Returns the words of a text, for lists of them."""
    return frozenset(text.split())


def slots_of(text: str) -> frozenset[str]:
    """Returns the names of a text's slots."""
    return frozenset(name for name, _ in _SLOT.findall(text))
