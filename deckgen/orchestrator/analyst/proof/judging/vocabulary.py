"""The vocabulary of the judge: each word and phrase with what it asserts."""

from deckgen.orchestrator.analyst.lexicon.measure_words import LOWER_IS_BETTER
from deckgen.orchestrator.analyst.proof.judging import phrases, words
from deckgen.orchestrator.analyst.proof.judging.kinds import Kind
from deckgen.orchestrator.analyst.proof.judging.neutral_words import NEUTRAL

VOWELS = frozenset("aeiou")


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
    found = dict.fromkeys(NEUTRAL.split(), Kind.NEUTRAL)
    for kind, text in words.LEMMAS.items():
        found |= {form: kind for lemma in text.split() for form in forms(lemma)}
    for kind, text in words.WORDS.items():
        found |= dict.fromkeys(text.split(), kind)
    return found


def _phrases() -> dict[tuple[str, ...], Kind]:
    return {
        tuple(phrase.split()): kind
        for kind, text in phrases.PHRASES.items()
        for phrase in text.split("|")
        if phrase.strip()
    }


KINDS = _words()
VERBS = {
    form
    for text in (*words.LEMMAS.values(), words.GIVING)
    for lemma in text.split()
    for form in forms(lemma)
}
PHRASE_KINDS = _phrases()
LONGEST_PHRASE = max(map(len, PHRASE_KINDS))
LESS_IS_BETTER = LOWER_IS_BETTER | set(words.ALSO_LOWER.split())
UNITS_OF_TIME = frozenset(words.UNITS_OF_TIME.split())
GROUP_NOUNS = frozenset(words.GROUP_NOUNS.split())
JOINING, LEADING = frozenset(words.JOINING.split()), frozenset(words.LEADING.split())
