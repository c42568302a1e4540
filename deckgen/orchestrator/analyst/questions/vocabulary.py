"""The words of a question, and how well a name of the table fits them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from deckgen.orchestrator.analyst.lexicon.synonyms import EMPTY, GROUPS
from deckgen.orchestrator.analyst.profiling.stemming import base, matched, of_kind, stem, stems

SAID, MEANT = 1.0, 0.7  # by the word itself, by another word for it
PARTLY = 0.5  # of a name that needs all of its words
GENERIC = stems({
    "rate", "number", "average", "total", "share", "count", "value", "amount", "type", "name", "code",
    "level", "index", "percent", "ratio", "id", "no", "per", "of", "as", "a", "time", "date", "the",
    "quote", "anzahl", "wert", "summe", "betrag", "nummer",
})  # fmt: skip
WORD = re.compile(r"[^\W_]+")
RATE = re.compile(
    r"\b(rates?|shares?|percent\w*|\w*quote|anteil\w*|proportion|margins?|\w*marge)\b|%", re.IGNORECASE
)
YEAR = re.compile(r"\b(?:19|20)(\d\d)\b")
PER = re.compile(r"\b(?:per|pro|je)\s+(?:[\d.,]+\s+|thousand\s+|tausend\s+)?([^\W\d_]+)", re.IGNORECASE)
EACH = re.compile(
    r"\beach\s+(?:[\d.,]+\s+)?([^\W\d_]+)"
    r"|(?<!\bin )(?<!\bfor )(?<!\bwithin )\ban?\s+(hour|shift)\b",
    re.IGNORECASE,
)
TAKES = re.compile(  # how many clicks does it take to get a signup
    r"\b(?:does it take|do we need|braucht es|brauchen wir)\s+(?:to\s+(?:get|make|win|sell)|for|für)\s+"
    r"(?:an?|one|eine?n?)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
COSTS = re.compile(  # what a kilogram costs: the cost for each
    r"\b(?:do(?:es)?|did|will)\s+(?:an?|one|each|every)(?:\s+average)?\s+([^\W\d_]+)"
    r"\s+(?:cost|bring|earn|make|spend|need|use|have|get|pay|buy|consume)\b"
    r"|\bcosts?\s+(?:of|for)\s+(?:a|an|one|each|every)\s+([^\W\d_]+)"
    r"|\b(?:kostet|kostete|kosten|bringt|brachte|bringen|braucht|verbraucht|hat|zahlt|kauft)\s+"
    r"(?:(?:uns|mich)\s+)?(?:eine?n?|jede[rsn]?)\s+([^\W\d_]+)",
    re.IGNORECASE,
)
WHICH = re.compile(r"\b(?:which|what|welche[rsmn]?)\s+([^\W\d_]+)", re.IGNORECASE)
MOST = re.compile(r"\b(?:most|fewest|meisten|wenigsten)\s+([^\W\d_]+)", re.IGNORECASE)
PARTICLES = frozenset({"down", "up", "off", "out", "in", "back", "over"})
PARTS = frozenset({"share", "number", "total", "count", "percentage", "percent", "proportion"})
TOLD = re.compile(r"[^\W\d_]+")
COUNTED = re.compile(r"\b(?:number of|anzahl der)\s+([^\W\d_]+)")
NUMBER = re.compile(r"\b(?:how many|wie viele)\s+([^\W\d_]+)", re.IGNORECASE)
MANY = r"\b(?:how many|number of|wie viele|anzahl(?: der)?) "
SYNONYMS = tuple(frozenset(base(word) for word in stems(group)) | stems(group) for group in GROUPS)


@dataclass(frozen=True)
class Words:
    """The telling words of a text, as stems."""

    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that may name something in a table."""
        words = WORD.findall(self.text.lower())
        return frozenset(stem(word) for word in words if word not in EMPTY) | self._joined(words)

    @staticmethod
    def _joined(words: list[str]) -> frozenset[str]:
        """Returns verbs with what stands behind them, in one word: breaks down, breakdown; and what
        costs something with its costs: was kostet die Pflege, Pflegekosten.
        """
        said = {stem(first) + second for first, second in pairwise(words) if second in PARTICLES}
        if not {"kostet", "kosten"} & set(words):
            return frozenset(said)
        return frozenset(said | {f"{word}kosten" for word in words if word not in EMPTY})

    @cached_property
    def bases(self) -> frozenset[str]:
        """The same without what German adds to them, beside them."""
        return self.stems | {base(word) for word in self.stems}

    @cached_property
    def asks_rate(self) -> bool:
        """True if it asks for a rate, a share or the like."""
        return RATE.search(self.text) is not None

    @cached_property
    def per(self) -> str | None:
        """The stem of what something is asked for each of: “order” of “per order”."""
        said = PER.search(self.text) or COSTS.search(self.text)
        said = said or TAKES.search(self.text) or EACH.search(self.text)
        return stem(next(filter(None, said.groups())).lower()) if said else None

    @cached_property
    def costs_each(self) -> bool:
        """True if a text asks what each of something costs or brings."""
        return COSTS.search(self.text) is not None

    @cached_property
    def which(self) -> str | None:
        """The stem of what one is chosen of: “operator” of “which operator produces most”."""
        said = WHICH.search(self.text)
        return stem(said[1].lower()) if said else None

    @cached_property
    def most(self) -> str | None:
        """The stem of what something has the most or the fewest of: “order” of “the most orders”."""
        said = MOST.search(self.text)
        return stem(said[1].lower()) if said else None

    def has_phrase(self, phrase: str) -> bool:
        """True if a name of several words stands in the text as it is."""
        words, said = WORD.findall(phrase.lower()), WORD.findall(self.text.lower())
        return len(words) > 1 and f" {' '.join(words)} " in f" {' '.join(said)} "

    @cached_property
    def spoken(self) -> frozenset[str]:
        """All words as they are said, without what makes them possessive."""
        return frozenset(WORD.findall(re.sub(r"['’]s?\b", "", self.text.lower())))

    @cached_property
    def short_years(self) -> frozenset[str]:
        """The last two digits of the years that are named."""
        return frozenset(YEAR.findall(self.text))

    def without(self, others: Iterable[str]) -> "Words":
        """Returns the words without some others."""
        left = self.text
        for other in others:
            left = re.sub(rf"(?<!\w){re.escape(other)}(?:s|es)?(?!\w)", " ", left, flags=re.IGNORECASE)
        return Words(left)

    def shares_out(self, name: str) -> bool:
        """True if a word asks for a share or a number of something, and names no column."""
        if name.lower() not in PARTS:
            return False
        said = re.search(rf"\b(?:what|which|the|a) {re.escape(name)} of\b", self.text, re.IGNORECASE)
        return said is not None

    def counts(self, thing: str) -> bool:
        """True if it asks for the number of some things: how many days."""
        return re.search(rf"{MANY}{re.escape(thing)}\b", self.text, re.IGNORECASE) is not None

    @cached_property
    def counted(self) -> str | None:
        """What is counted: breaches of “the number of breaches”."""
        found = COUNTED.search(self.text.lower())
        return found[1] if found else None

    @cached_property
    def number_of(self) -> str | None:
        """The stem of what a question asks how many there are of."""
        said = NUMBER.search(self.text)
        return stem(said[1].lower()) if said else None

    def counts_only(self, name: str) -> bool:
        """True if a name of several words is said only by what is counted: the number of breaches is
        none of types of breaches.
        """
        words = stems(word for word in TOLD.findall(name.lower()) if word not in EMPTY)
        counted = matched(words, stems({self.counted})) if self.counted else frozenset()
        return len(words) > 1 and bool(counted) and matched(words, self.stems) == counted

    def only_in_names(self, value: str, names: Iterable[str]) -> bool:
        """True if a value is said only as a part of longer names: the patient of a patient class."""
        said = f" {' '.join(WORD.findall(self.text.lower()))} "
        own = " ".join(WORD.findall(value.lower()))
        left = said
        for name in names:
            words = " ".join(WORD.findall(name.lower()))
            if f" {own} " in f" {words} " and own != words:
                left = left.replace(f" {words} ", " ")
        return own in said and left != said and f" {own} " not in left

    def fit(self, names: frozenset[str], *, needs_all: bool = False) -> float:
        """Returns how well a name fits: 0 if no telling word of it is said or meant.

        A word counts more if it is said itself, and a name more if all of it is said; one that
        `needs_all` of its words counts little otherwise.
        """
        telling = names - GENERIC - PARTICLES or names
        said = matched(telling, self.stems) | of_kind(telling, self.stems)
        meant = {word for word in telling - said if self._means(word)}
        weight = SAID * len(said) + MEANT * len(meant)
        also = 0.2 * len(matched(names & GENERIC, self.stems)) if weight else 0.0
        if needs_all and len(said) + len(meant) < len(telling):
            weight *= PARTLY
        return weight * (0.5 + 0.5 * weight / max(len(telling), 1)) + also if weight else 0.0

    def _means(self, word: str) -> bool:
        return any(base(word) in group and group & self.bases for group in SYNONYMS)

    def says(self, words: Iterable[str]) -> bool:
        """True if it has one of the words, in any form."""
        return bool(stems(words) & self.stems)


def fits(word: str, names: frozenset[str]) -> bool:
    """True if a word of a question is said or meant by one of the names."""
    also = names | {base(name) for name in names}
    return bool(matched(frozenset({word}), names)) or any(
        base(word) in group and group & also for group in SYNONYMS
    )
