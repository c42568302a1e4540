"""The vocabulary of the judge: each word and phrase with what it asserts."""

import re

from deckgen.orchestrator.analyst.lexicon.measure_words import LOWER_IS_BETTER
from deckgen.orchestrator.analyst.proof.judging import neutral_phrases, phrases, words
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.neutral_words import NEUTRAL

VOWELS = frozenset("aeiou")
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*|'s")
_OF_PHRASES = frozenset({"of", "than"})  # no word is joined by these


def forms(lemma: str) -> set[str]:
    """Returns a verb or noun with its regular endings; that some of them are no words is harmless."""
    if not lemma.isalpha():
        return {lemma}
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    plural = f"{lemma}es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else f"{lemma}s"
    found = {lemma, plural, f"{stem}ed", f"{stem}ing"}
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        found |= {f"{lemma[:-1]}ies", f"{lemma[:-1]}ied"}
    if len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in VOWELS:
        found |= {f"{lemma}{lemma[-1]}ed", f"{lemma}{lemma[-1]}ing"}
    return found


def _words() -> dict[str, Kind]:
    """Returns each word with what it asserts. ValueError for one that stands twice or is none."""
    listed = [(Kind.NEUTRAL, NEUTRAL.split()), (Kind.NEUTRAL, list(_of_lemmas(words.GIVING)))]
    listed += [(kind, list(_of_lemmas(text))) for kind, text in words.LEMMAS.items()]
    listed += [(kind, text.split()) for kind, text in words.WORDS.items()]
    found: dict[str, Kind] = {}
    for kind, some in listed:
        for word in some:
            if word in found:
                raise ValueError(f"“{word}” asserts “{found[word]}” and “{kind}”")
            if not _WORD.fullmatch(word) or _OF_PHRASES & set(word.split("-")[1:]):
                raise ValueError(f"“{word}” is no word")
            found[word] = kind
    return found


def _of_lemmas(text: str) -> set[str]:
    return {form for lemma in text.split() for form in forms(lemma)}


def _phrases() -> dict[tuple[str, ...], Kind]:
    """Returns each phrase with what it asserts. ValueError for one that is a word."""
    found = {
        tuple(phrase.split()): kind
        for kind, text in (*phrases.PHRASES.items(), (Kind.NEUTRAL, neutral_phrases.NEUTRAL))
        for phrase in text.split("|")
    }
    if alone := [phrase for phrase in found if len(phrase) < 2]:
        raise ValueError(f"{alone} are no phrases")
    return found


KINDS = _words()
NOUNS = frozenset(words.NOUNS.split())
VERBS = _of_lemmas(" ".join((*words.LEMMAS.values(), words.GIVING))) - NOUNS
PHRASE_KINDS = _phrases()
LONGEST_PHRASE = max(map(len, PHRASE_KINDS))
LEAPS, STEPS = _of_lemmas(words.LEAPS), _of_lemmas(words.STEPS) | {"crept"}
VALUING = frozenset(words.VALUING.split())
LESS_IS_BETTER = LOWER_IS_BETTER | set(words.ALSO_LOWER.split())
UNITS_OF_TIME = frozenset(words.UNITS_OF_TIME.split())
GROUP_NOUNS = frozenset(words.GROUP_NOUNS.split())
JOINING, LEADING = frozenset(words.JOINING.split()), frozenset(words.LEADING.split())
