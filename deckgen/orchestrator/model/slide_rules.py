"""The rules for a slide that a model wrote; problems are worded so that it can be improved."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Bullets, Deck, Layout, Slide, Storyline
from deckgen.domain.facts import REFERENCE, Fact, References, Text, references, render
from deckgen.domain.language.choosing import choose
from deckgen.domain.language.languages import language
from deckgen.domain.language.phrasebook import Words
from deckgen.domain.model_calls import Usage
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.export.pptx.fit import cut
from deckgen.orchestrator.analyst.proof.checks import form, written_content
from deckgen.orchestrator.analyst.proof.checks.tokens import tokens
from deckgen.orchestrator.model import prompts

MAX_TITLE, MAX_POINT, MAX_NOTES, MAX_POINTS = 110, 200, 700, 5
ECHO_WORDS = 8  # so many equal words in a row are no coincidence
# Such neighbours turn a fact into another number: "{{f1}}{{f2}}", "-{{f1}}", "{{f1}}-fold".
_JOINED = re.compile(
    rf"{MARK}[\w{MARK}]|\w{MARK}|{MARK}[.,]{MARK}|[-+−–~<>=±$€£¥%]{MARK}"
    rf"|{MARK}\s*(?:[%‰×$€£¥]|x {MARK}|percent\b|per cent\b)|{MARK}[-\s](?:fold|times)\b"
    rf"|\b(?:minus|plus|times|about minus)\s+{MARK}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\brises? and falls? together\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?<![^.!?])[^.!?]*+\?")
_STAND_INS = frozenset(
    {"na", "tba", "tbc", "tbd", "todo", "null", "none", "nil", "undefined", "placeholder", "string"}
)
_MARKUP = re.compile(r"https?:|www\.|[<>\[\]{}|`#*_]{1,}", re.IGNORECASE)


def problems(
    slide: Slide,
    brief: Brief,
    source: Source | None,
    facts: list[Fact],
    *,
    draft: Iterable[Text],
    must_cite: bool,
) -> list[str]:
    """Returns everything that is wrong with a slide; nothing if it can go into a deck.

    `draft` has the offline engine's texts in its place: what rises or falls there truly does.
    """
    language_code = choose(brief).code
    deck = Deck(
        title="",
        brief=brief,
        language=language_code,
        source=source,
        facts=facts,
        storyline=Storyline(question="", answer="", arguments=[]),
        slides=[slide],
        quality=[],
        usage=Usage(),
    )
    broken = [*_of_texts(slide, deck.reference_values())]
    if broken:
        return broken  # texts that can't be filled in can't be measured
    broken += written_content(deck)
    broken += [problem.partition(": ")[2] for problem in (*form.titles(deck), *form.sizes(deck))]
    broken += list(cut(slide, deck))
    broken += [
        f"{problem.partition(': ')[2]} is in the title, and neither in a takeaway nor in the chart"
        for problem in form.title_facts(deck)
    ]
    known = language(language_code).words
    ways = _ways(facts, draft, known)
    return broken + list(_uncited(slide, facts, ways, known, must_cite=must_cite))


def problems_of_title(
    title: Text, brief: Brief, source: Source | None, facts: list[Fact], draft: Iterable[Text]
) -> list[str]:
    """Returns the problems of a deck's or a proposed title, which has no slide yet."""
    slide = Slide(id="s", layout=Layout.TITLE, title=title)
    cited = set(references(title))
    cited_facts = [fact for fact in facts if fact.id in cited]
    return problems(slide, brief, source, cited_facts, draft=draft, must_cite=False)


def _texts(slide: Slide) -> Iterator[tuple[str, Text, int]]:
    """Yields the texts that the model wrote, with their places and maximal lengths."""
    yield "the title", slide.title, MAX_TITLE
    for block in slide.blocks:
        if isinstance(block, Bullets):
            for number, item in enumerate(block.items, start=1):
                yield f"takeaway {number}", item, MAX_POINT
    yield "the notes", slide.notes, MAX_NOTES


def _of_texts(slide: Slide, values: References) -> Iterator[str]:
    for place, text, max_length in _texts(slide):
        unknown = [name for name in references(text) if not values.knows(name)]
        plain = REFERENCE.sub(MARK, text)
        if _says_nothing(plain) and (text or place != "the notes"):
            yield f"{place} has no words: “{text[:20]}”"
        if unknown:
            yield f"{place} cites {', '.join(unknown)}, which is not listed for this slide"
        elif len(render(text, values)) > max_length:
            yield f"{place} is longer than {max_length} characters"
        if joined := _JOINED.search(plain):
            piece = joined[0].replace(MARK, "{{…}}")
            yield f"{place} makes a number of a reference and what stands beside it: “{piece}”"
        if foreign := next((char for char in plain if _is_foreign(char)), None):
            yield f"{place} has the letter “{foreign}”; the words of the deck are English"
        if numbers := own_numbers(plain):
            pieces = ", ".join(f"“{piece}”" for piece in numbers[:3])
            yield f"{place} has a number of its own: {pieces}; cite a fact or leave it out"
        if markup := _MARKUP.search(plain):
            yield f"{place} has markup: “{markup[0]}”"
        if _echoes(plain):
            yield f"{place} repeats these instructions"


def _says_nothing(plain: str) -> bool:
    """True if a text is neither word nor reference, but a placeholder."""
    letters = "".join(char for char in plain if char.isalnum() or char == MARK).casefold()
    return letters.isdecimal() or not letters or letters in _STAND_INS


def _is_foreign(char: str) -> bool:
    """True if it is a letter of a script other than Latin."""
    return char.isalpha() and not unicodedata.name(char, "").startswith(("LATIN", "FEMININE", "MASC"))


def _echoes(text: str) -> bool:
    words = _words(text)
    return any(
        " ".join(words[start : start + ECHO_WORDS]) in _instructions()
        for start in range(len(words) - ECHO_WORDS + 1)
    )


@cache
def _instructions() -> str:
    return " ".join(_words(prompts.text("rules") + " " + prompts.text("slide")))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _ways(facts: list[Fact], draft: Iterable[Text], known: Words) -> set[str]:
    """Returns the directions that need no number: the common one of all changes, and the draft's."""
    of_facts = {prompts.way(fact) for fact in facts} - {""}
    words = {
        token.text for text in draft for token in tokens(text, known.joins) if not token.is_reference
    }
    drafted = {
        way for way, directions in (("rise", known.rise), ("fall", known.fall)) if words & directions
    }
    return drafted | (of_facts if len(of_facts) == 1 else set())


def _uncited(
    slide: Slide, facts: list[Fact], ways: set[str], known: Words, *, must_cite: bool
) -> Iterator[str]:
    """Yields unsupported claims: points without a reference, directions without a fact."""
    for place, text, _ in _texts(slide):
        if place.startswith("takeaway") and must_cite and not references(text):
            yield f"{place} cites no fact"
        if place != "the notes" and (word := _loose_direction(text, facts, ways, known)):
            yield f"{place} says “{word}” in a sentence that cites no number"
    names = [name for _, text, _ in _texts(slide) for name in references(text)]
    if must_cite and not any(name.startswith("f") for name in names):
        yield "the slide cites no fact"


def _loose_direction(text: Text, facts: list[Fact], ways: set[str], known: Words) -> str | None:
    """Returns a word for another direction in a sentence without a number; questions claim nothing."""
    numeric = {fact.id for fact in facts if fact.unit.is_numeric}
    text_tokens = tokens(_TOGETHER.sub(" ", _QUESTION.sub(" ", text)), known.joins)
    for sentence in {token.sentence: None for token in text_tokens}:
        sentence_tokens = [token for token in text_tokens if token.sentence == sentence]
        words = [
            token.text
            for token in sentence_tokens
            if not token.is_reference and token.text in known.rise | known.fall
        ]
        if any(token.is_reference and token.text in numeric for token in sentence_tokens):
            continue
        if loose := [word for word in words if ("rise" if word in known.rise else "fall") not in ways]:
            return loose[0]
    return None
