"""What a language has to know: its texts by their keys, and the words that checks look for."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Words:
    """The words of a language by which checks compare a text with its numbers; all in lower case."""

    rise: frozenset[str]
    fall: frozenset[str]
    steady: frozenset[str]
    highest: frozenset[str]
    lowest: frozenset[str]
    verbs: frozenset[str]  # beside those of rise and fall
    verb_endings: tuple[str, ...]  # of verbs that are in no list
    causes: re.Pattern[str]  # what claims a cause
    joins: frozenset[str]  # between two clauses
    start: frozenset[str]  # before the first of two values: from
    end: frozenset[str]  # before the second: to
    idioms: frozenset[tuple[str, str]]  # pairs whose second word is no direction: make up

    @property
    def directions(self) -> frozenset[str]:
        """The words for a rise, a fall, or neither."""
        return self.rise | self.fall | self.steady

    def has_verb(self, text: str) -> bool:
        """True if a text has a verb, by the lists and by the endings."""
        return any(
            word in self.verbs
            or word in self.rise | self.fall
            or (len(word) > 4 and word.endswith(self.verb_endings))
            for word in re.findall(r"[^\W\d_]+", text.lower())
        )


@dataclass(frozen=True)
class Language:
    """A language with its texts; `common` are small words that show that a text is written in it."""

    code: str
    common: frozenset[str]
    words: Words
    texts: Mapping[str, str]

    def fill(self, key: str, filled: Callable[[str], str]) -> str:
        """Returns the text of a key, with what `filled` gives for each slot; KeyError names the key."""
        return _SLOT.sub(lambda slot: filled(slot[1]), self.texts[key])

    def say(self, key: str, **slots: str) -> str:
        """Returns the text of a key with its slots filled."""
        return self.fill(key, slots.__getitem__)

    def known(self, key: str, otherwise: str) -> str:
        """Returns the text of a key, or what is given if there is none."""
        return self.texts.get(key, otherwise)

    def listed(self, texts: Sequence[str], joined: str = "list.and") -> str:
        """Returns texts as a list within a sentence: a, b and c."""
        if len(texts) < 2:
            return "".join(texts)
        return self.say(joined, others=", ".join(texts[:-1]), last=texts[-1])


def words_of(text: str) -> frozenset[str]:
    """Returns the words of a text, for lists of them."""
    return frozenset(text.split())


def slots_of(text: str) -> frozenset[str]:
    """Returns the names of a text's slots."""
    return frozenset(_SLOT.findall(text))
