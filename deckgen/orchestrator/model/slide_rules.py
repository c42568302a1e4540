"""The rules for what a model wrote, text by text; problems are worded so that it can be improved."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Deck, Layout, Slide, Storyline
from deckgen.domain.facts import REFERENCE, Fact, References, Text, references, render
from deckgen.domain.model_calls import Usage
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.export.slides.inspection import cut
from deckgen.orchestrator.analyst.proof.checks import form, written_content
from deckgen.orchestrator.analyst.proof.checks.texts import sentences
from deckgen.orchestrator.analyst.proof.judging.judge import LANGUAGE, Judge
from deckgen.orchestrator.model import prompts

MAX_POINTS = 5
_LENGTHS = {"the title": 110, "a takeaway": 200, "the notes": 700}
ECHO_WORDS = 8  # so many equal words in a row are no coincidence
# Such neighbours turn a fact into another number: "{{f1}}{{f2}}", "-{{f1}}", "{{f1}}-fold".
JOINED = re.compile(
    rf"{MARK}[\w{MARK}]|\w{MARK}|{MARK}[.,]{MARK}|[-+−–~<>=±$€£¥%]{MARK}"
    rf"|{MARK}\s*(?:[%‰×$€£¥]|x {MARK}|percent\b|per cent\b)|{MARK}[-\s](?:fold|times)\b"
    rf"|\b(?:minus|plus|times|about minus)\s+{MARK}",
    re.IGNORECASE,
)
_STAND_INS = frozenset(
    {"na", "tba", "tbc", "tbd", "todo", "null", "none", "nil", "undefined", "placeholder", "string"}
)
_MARKUP = re.compile(r"https?:|www\.|[<>\[\]{}|`#*_]{1,}", re.IGNORECASE)


class SlideRules:
    """The rules for the texts of one slide, and the judge of their sentences.

    `draft` has the offline engine's texts in its place: what it says is proved, and may be repeated.
    """

    def __init__(
        self,
        brief: Brief,
        source: Source | None,
        facts: Sequence[Fact],
        *,
        draft: Iterable[Text],
        must_cite: bool,
    ) -> None:
        self._deck = Deck(
            title="",
            brief=brief,
            language=LANGUAGE,
            source=source,
            facts=list(facts),
            storyline=Storyline(question="", answer="", arguments=[]),
            slides=[],
            quality=[],
            usage=Usage(),
        )
        self._drafted, self._must_cite = frozenset(draft), must_cite
        self._judge = Judge(facts, source)

    def of_title(self, title: Text, layout: Layout) -> list[str]:
        """Returns what is wrong with a title; with its form as well."""
        if title in self._drafted:
            return []
        if broken := self.of_text("the title", title):
            return broken
        slide = Slide(id="s", layout=layout, title=title)
        return [_unplaced(problem) for problem in form.titles(self._with(slide))]

    def of_takeaway(self, text: Text) -> list[str]:
        """Returns what is wrong with a takeaway."""
        if text in self._drafted:
            return []
        problems = self.of_text("a takeaway", text)
        if not problems and self._must_cite and not references(text):
            problems = [f"a takeaway cites no fact: “{text}”"]
        return problems

    def of_text(self, place: str, text: Text) -> list[str]:
        """Returns what is wrong with the words of one text, each with the text that is meant."""
        values = self._deck.reference_values()
        if broken := list(_of_text(place, text, _LENGTHS[place], values)):
            return broken  # a text that can't be filled in can't be judged
        slide = Slide(id="s", layout=Layout.TITLE, title=text)
        said = self._judge.faults(text)
        said += [_unplaced(problem) for problem in written_content(self._with(slide))]
        return [f"{place} “{text}”: {problem}" for problem in dict.fromkeys(said)]

    def of_slide(self, slide: Slide) -> list[str]:
        """Returns what is wrong with a whole slide, each of whose texts can stand by itself."""
        deck = self._with(slide)
        broken = [_unplaced(problem) for problem in form.sizes(deck)]
        broken += list(cut(slide, deck))
        if self._must_cite and not any(name.startswith("f") for name in _cited(slide)):
            broken.append("the slide cites no fact")
        return broken

    def unshown(self, slide: Slide) -> list[str]:
        """Returns the facts of a title that neither a takeaway nor the chart shows."""
        if slide.title in self._drafted:
            return []
        return [
            f"{_unplaced(problem)} is in the title, and neither in a takeaway nor in the chart"
            for problem in form.title_facts(self._with(slide))
        ]

    def _with(self, slide: Slide) -> Deck:
        return self._deck.model_copy(update={"slides": [slide]})


def problems(rules: SlideRules, slide: Slide) -> list[str]:
    """Returns everything that is wrong with a slide; nothing if it can go into a deck."""
    broken = rules.of_title(slide.title, slide.layout)
    broken += [problem for point in slide.points for problem in rules.of_takeaway(point)]
    if slide.notes:
        broken += rules.of_text("the notes", slide.notes)
    return broken or [*rules.of_slide(slide), *rules.unshown(slide)]


def problems_of_title(
    title: Text, brief: Brief, source: Source | None, facts: list[Fact], draft: Iterable[Text]
) -> list[str]:
    """Returns the problems of a deck's or a proposed title, which has no slide yet."""
    rules = SlideRules(brief, source, facts, draft=draft, must_cite=False)
    return rules.of_title(title, Layout.TITLE)


def _unplaced(problem: str) -> str:
    """Returns a problem without the place that names it."""
    return problem.partition(": ")[2]


def _cited(slide: Slide) -> list[str]:
    return [name for text in (slide.title, *sentences(slide)) for name in references(text)]


def _of_text(place: str, text: Text, max_length: int, values: References) -> Iterator[str]:
    unknown = [name for name in references(text) if not values.knows(name)]
    plain = REFERENCE.sub(MARK, text)
    if _says_nothing(plain):
        yield f"{place} has no words: “{text[:20]}”"
    if unknown:
        yield f"{place} cites {', '.join(unknown)}, which is not listed for this slide"
    elif len(render(text, values)) > max_length:
        yield f"{place} is longer than {max_length} characters"
    if joined := JOINED.search(plain):
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
