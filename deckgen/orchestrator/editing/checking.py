"""The checks of what people write, sentence by sentence.

An error is what the facts refute, and a number that is none of them: it is refused. A warning is what
no fact can tell: a person may know it, so it is kept as their own words, and marked.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from deckgen.domain.decks import Deck, Layout, Slide, Storyline
from deckgen.domain.editing import (
    CheckedSentence,
    EditFinding,
    FindingCode,
    Severity,
)
from deckgen.domain.facts import REFERENCE, Text, references, unquoted
from deckgen.domain.formatting.display import Unit, ValueFormat
from deckgen.domain.language.languages import language
from deckgen.domain.prose.number_words import MARK, own_numbers
from deckgen.domain.slide_texts import NOTES, TITLE, places
from deckgen.export.slides.inspection import cut
from deckgen.orchestrator.analyst.proof.checks import directions, form, groups
from deckgen.orchestrator.analyst.proof.judging.judge import LANGUAGE, Doubt, Judge
from deckgen.orchestrator.analyst.proof.judging.reading import sentences
from deckgen.orchestrator.editing.suggesting import Suggesting
from deckgen.orchestrator.model.slide_rules import JOINED

# Of these a slide has no empty ones; what stands beside a row may be left out.
_NEEDED = ("title", "bullet", "message", "action", "callout")
_FOUND_BY_JUDGE = {
    Doubt.MISPLACED: FindingCode.MISPLACED,
    Doubt.REFUTED: FindingCode.CONTRADICTED,
    Doubt.NOT_SHOWN: FindingCode.NOT_SHOWN,
}
_STAYS = "It stays as your own words, if you know it."
_AS_IT_IS = "Leave the number as it is, or choose another."
_ADVICE = {
    FindingCode.MISPLACED: "Choose the number of what you write about, or write about what it is of.",
    FindingCode.CONTRADICTED: "The number says otherwise: change the words, or the number.",
    FindingCode.NOT_SHOWN: _STAYS,
}
# What the checks say of a change, and of a period, as people do not.
_CHANGE = re.compile(r"which is ([-+])[\d.e+-]*\d")
_PERIOD = re.compile(r"(\d{4}-\d\d-\d\d) (year|quarter|month|week|day)")
_AROUND = "()[]“”\"'.,;:!?"  # a numeral, and no part of it
MOST_NAMED = 4  # words that nothing covers


class Checking:
    """Checks texts of a deck by its facts."""

    def __init__(self, deck: Deck) -> None:
        self._deck, self._values = deck, deck.reference_values()
        self._judge = Judge(deck.facts, deck.source)
        self._suggesting = Suggesting(deck)

    def of_slide(self, slide: Slide, chosen: Sequence[str]) -> Iterator[CheckedSentence]:
        """Yields the sentences of the chosen places of a slide, and what is said of all of it."""
        texts = places(slide)
        is_readable = True
        for place in chosen:
            for each in self._of_text(slide, place, texts[place]):
                is_readable &= not _has_error(each)
                yield each
        if is_readable and (findings := list(self._of_whole(slide))):
            yield CheckedSentence(slide=slide.id, place="slide", number=1, text="", findings=findings)

    def _of_text(self, slide: Slide, place: str, text: Text) -> Iterator[CheckedSentence]:
        parts = sentences(text) or [text]
        for number, part in enumerate(parts, start=1):
            is_last = number == len(parts)
            findings = list(self._of_sentence(slide, place, part, is_last=is_last))
            yield CheckedSentence(
                slide=slide.id, place=place, number=number, text=part, findings=findings
            )

    def _of_sentence(
        self, slide: Slide, place: str, text: Text, *, is_last: bool
    ) -> Iterator[EditFinding]:
        if not text:
            if place.partition(" ")[0] in _NEEDED:
                yield _error(FindingCode.EMPTY, "There is no text. Write one, or take it out.")
            return
        broken = list(self._of_form(place, text))
        yield from broken
        if broken:
            return  # what can't be filled in can't be judged
        told = f"{text} ({figure})" if is_last and (figure := _figure(slide, place)) else text
        yield from self._of_sense(place, told, slide.layout)

    def _of_form(self, place: str, text: Text) -> Iterator[EditFinding]:
        for name in references(text):
            if (name.startswith("s") and name != "source") or not self._values.knows(name):
                yield _error(
                    FindingCode.UNKNOWN,
                    f"There is nothing that {{{{{name}}}}} stands for here. Choose a number of the "
                    "deck, or ask for one.",
                    name,
                )
        for name in unquoted(text):
            yield _error(
                FindingCode.UNQUOTED,
                "Words of the brief stand in quotation marks: “…”.",
                name,
            )
        plain = REFERENCE.sub(MARK, text)
        if "{{" in plain or "}}" in plain:
            yield _error(
                FindingCode.UNKNOWN, "“{{” begins a reference that is none. Take it out.", "{{"
            )
        if joined := JOINED.search(plain):
            piece = joined[0].replace(MARK, "…")
            yield _error(
                FindingCode.JOINED,
                f"“{piece}” makes another number of the one that stands there. {_AS_IT_IS}",
                piece,
            )
        yield from self._of_numerals(text, plain)
        if wrong := _unwritable(place, text):
            yield _error(FindingCode.UNWRITABLE, f"It has the character {wrong}. Take it out.", wrong)

    def _of_numerals(self, text: Text, plain: str) -> Iterator[EditFinding]:
        for piece in dict.fromkeys(each.strip(_AROUND) for each in own_numbers(plain)):
            found = self._suggesting.of(piece, text)
            todo = (
                f"Choose {found[0].display} of the deck ({found[0].label})"
                if found
                else "Choose a number of the deck, ask for one"
            )
            yield _error(
                FindingCode.NUMERAL,
                f"“{piece}” is a number that nothing here proves. {todo}, or leave it out.",
                piece,
            ).model_copy(update={"suggestions": found})

    def _of_sense(self, place: str, text: Text, layout: Layout) -> Iterator[EditFinding]:
        contradictions = list(dict.fromkeys(_contradictions(self._deck, text)))
        yield from (self._finding(FindingCode.CONTRADICTED, each) for each in contradictions)
        causes = language(self._deck.language).words.causes
        cause = re.search(causes, REFERENCE.sub(" ", text))
        if cause:
            yield _warning(
                FindingCode.CAUSE,
                f"“{cause[0]}” names a cause, which a table does not show. {_STAYS}",
                cause[0],
            )
        if self._deck.language == LANGUAGE:
            told = {cause[0].casefold()} if cause else set[str]()
            for each in self._judged(place, text, known=bool(contradictions)):
                if each.piece.casefold() not in told:
                    yield each
        elif references(text):
            yield _warning(
                FindingCode.NOT_JUDGED,
                "Only English sentences can be judged: whether the words fit the numbers, you say.",
            )
        if place == TITLE:
            yield from self._of_title(text, layout)

    def _judged(self, place: str, text: Text, *, known: bool) -> Iterator[EditFinding]:
        uncovered = []
        for fault in dict.fromkeys(self._judge.of_sentence(text)):
            if fault.doubt is Doubt.NOT_COVERED:
                uncovered.append(fault.said.partition("”")[0].lstrip("“"))
            elif not (known and fault.doubt is Doubt.REFUTED):
                yield self._finding(_FOUND_BY_JUDGE[fault.doubt], fault.said)
        if uncovered and place != NOTES:
            named = ", ".join(f"“{word}”" for word in uncovered[:MOST_NAMED])
            yield _warning(
                FindingCode.NOT_COVERED,
                f"No number of the deck tells of {named}: the words stay as your own.",
                uncovered[0],
            )

    def _of_title(self, title: Text, layout: Layout) -> Iterator[EditFinding]:
        if any(form.titles(_alone(self._deck, title, layout))):
            yield _warning(
                FindingCode.NO_STATEMENT,
                "A title says in 5 to 15 words what is so, with a verb.",
            )

    def _of_whole(self, slide: Slide) -> Iterator[EditFinding]:
        alone = self._deck.model_copy(update={"slides": [slide]})
        too_much = [problem.partition(": ")[2] for problem in form.sizes(alone)]
        too_much += cut(slide, self._deck)
        if too_much:
            yield _warning(FindingCode.TOO_FULL, f"The slide is too full: {'; '.join(too_much)}.")

    def _finding(self, code: FindingCode, said: str) -> EditFinding:
        words = self._in_words(said)
        piece = (re.findall("“([^“”]*)”", words) or [""])[0]
        made = _warning if code is FindingCode.NOT_SHOWN else _error
        return made(code, f"{words[:1].upper()}{words[1:]}. {_ADVICE[code]}", piece)

    def _in_words(self, said: str) -> str:
        """Returns what was found with numbers in place of the ids of facts."""
        for fact in self._deck.facts:
            said = said.replace(f"{fact.id} ({fact.display})", fact.display)
        said = re.sub(r"\bf\d+\b", lambda match: self._values.get(match[0], match[0]), said)
        said = _CHANGE.sub(lambda match: f"which is a {'fall' if match[1] == '-' else 'rise'}", said)
        return _PERIOD.sub(lambda match: self._period(*match.groups()), said)

    def _period(self, start: str, grain: str) -> str:
        return self._deck.writes.display(start, Unit(format=ValueFormat.PERIOD, symbol=grain))


def _figure(slide: Slide, place: str) -> Text:
    """Returns the figure that a row of the summary claims with its sentence."""
    name, _, number = place.partition(" ")
    if name != "message":
        return ""
    rows = [row for block in slide.blocks if block.type == "messages" for row in block.items]
    return rows[int(number) - 1].figure


def _contradictions(deck: Deck, text: Text) -> Iterator[str]:
    """Yields where a sentence contradicts its numbers, whatever its language."""
    alone = _alone(deck, text, Layout.CHART)
    for check in (directions.problems, groups.problems):
        yield from (problem.partition(": ")[2] for problem in check(alone))


def _alone(deck: Deck, title: Text, layout: Layout) -> Deck:
    """Returns a deck that says this alone."""
    slide = Slide(id="s0", layout=layout, title=title)
    storyline = Storyline(question="", answer="", arguments=[])
    return deck.model_copy(update={"slides": [slide], "title": "", "storyline": storyline})


def _unwritable(place: str, text: Text) -> str:
    """Returns a character that no slide can hold, or that turns the text around it; empty for none."""
    allowed = "\n\t" if place == NOTES else ""
    found = (each for each in text if unicodedata.category(each)[0] == "C" and each not in allowed)
    return next((f"U+{ord(each):04X}" for each in found), "")


def _has_error(sentence: CheckedSentence) -> bool:
    return any(each.severity is Severity.ERROR for each in sentence.findings)


def _error(code: FindingCode, message: str, piece: str = "") -> EditFinding:
    return EditFinding(code=code, severity=Severity.ERROR, message=message, piece=piece)


def _warning(code: FindingCode, message: str, piece: str = "") -> EditFinding:
    return EditFinding(code=code, severity=Severity.WARNING, message=message, piece=piece)
