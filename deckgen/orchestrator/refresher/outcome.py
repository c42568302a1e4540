"""What a refresh does to a presentation, collected while its places are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from deckgen.export.pptx.reading.contents import Contents, Words
from deckgen.export.pptx.reading.slides import said
from deckgen.export.pptx.rewriting.package import Package
from deckgen.export.pptx.rewriting.runs import replace
from deckgen.export.text import Words as Filled
from deckgen.orchestrator.refresher.aligning import Found, Slot, find


@dataclass(frozen=True)
class Drawn:
    """A deck as a file, what it says, and what fills its references.

    `as_drawn` is what the file says that is drawn now of a deck that was drawn before, perhaps by
    another version.
    """

    content: bytes
    contents: Contents
    words: Filled
    as_drawn: Contents


@dataclass(frozen=True)
class Told:
    """A paragraph of the new file; `told` has references of the new deck in place of its facts."""

    slide: int
    id: str
    part: str
    place: str
    text: str
    told: str
    references: tuple[str, ...]
    at: tuple[int, int]


@dataclass
class Outcome:
    """`numbers` counts what was looked at in texts, `changed` what is another number or name now."""

    numbers: int = 0
    changed: int = 0
    charts: int = 0
    told: list[Told] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Pen:
    """Writes into the parts of a file, and counts it."""

    package: Package
    outcome: Outcome

    def write(
        self, part: str, elements: Sequence[Any], before: Sequence[Words], slots: Sequence[Slot]
    ) -> Found:
        """Write the slots of a text that said `before` into its paragraphs, where they are found."""
        found = find([each.text for each in before], slots, [said(each) for each in elements])
        for number, replacements in found.replacements.items():
            replace(elements[number], replacements)
            self.package.keep(part)
        self.count(found.seen, found.changed)
        return found

    def count(self, numbers: int, changed: int) -> None:
        self.outcome.numbers += numbers
        self.outcome.changed += changed

    def note(self, what: str) -> None:
        self.outcome.notes.append(what)
