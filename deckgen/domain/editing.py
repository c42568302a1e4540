"""Editing by hand: what a person sends, what the checks find in it, and the deck that comes of it."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from deckgen.domain.authorship import Asked, Author
from deckgen.domain.decks import Deck
from deckgen.domain.documents import PLAIN_PATTERN, BaseDocument, Id
from deckgen.domain.facts import Fact
from deckgen.domain.plans import Relation

MAX_TEXT = 2_000
MAX_BULLETS, MAX_SLIDES, MAX_ASKED = 20, 200, 20

EditedText = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=MAX_TEXT, pattern=PLAIN_PATTERN),
]


class SlideEdit(BaseDocument):
    """What becomes of a slide; what is left out stays as it is."""

    id: Id
    title: EditedText | None = None
    bullets: Annotated[list[EditedText], Field(max_length=MAX_BULLETS)] | None = Field(
        default=None, description="All bullets in their order: what is not among them is taken out"
    )
    notes: EditedText | None = None
    texts: Annotated[dict[str, EditedText], Field(max_length=100)] = Field(
        default={}, description="Other texts by their places: `message 1`, `callout 1`, `action 2`, …"
    )
    hidden: bool | None = None


class AskedByHand(Asked):
    """A question that was asked for the edit. When it is saved, it is asked again."""

    answer: Annotated[list[Fact], Field(max_length=200)] = Field(
        default=[],
        description="The facts of the answer, as `ask` gave them: the check as one types goes by them, "
        "saving never does",
    )

    @property
    def given(self) -> list[Fact]:
        """The facts as the client has them, by their ids in the deck."""
        return named(self, self.answer)


def named(asked: Asked, answer: list[Fact]) -> list[Fact]:
    """Returns the facts of an answer that are taken, by their ids in the deck."""
    by_id = {fact.id: fact for fact in answer}
    return [
        by_id[there].model_copy(update={"id": here, "label": _label(by_id[there])})
        for here, there in asked.facts.items()
        if there in by_id
    ]


def _label(fact: Fact) -> str:
    """Returns what a fact is, with the groups that it is limited to: all of its deck is not."""
    filters = fact.about.filters if fact.about else []
    groups = [str(value) for each in filters if each.relation is Relation.IS for value in each.values]
    return ", ".join([fact.label, *(name for name in groups if name not in fact.label)])


class Edit(BaseDocument):
    """An edit of a deck: the changed slides, and the order of all if that changes."""

    slides: Annotated[list[SlideEdit], Field(max_length=MAX_SLIDES)] = []
    order: Annotated[list[Id], Field(max_length=MAX_SLIDES)] | None = Field(
        default=None, description="The ids of all slides, hidden ones too, in their new order"
    )
    asked: Annotated[list[AskedByHand], Field(max_length=MAX_ASKED)] = []


class EditRequest(Edit):
    """An edit that is saved as a version."""

    base_version: int = Field(ge=1, strict=True, description="The version that was edited")
    user_id: Id | None = Field(
        default=None, description="Who edits; else the user of the key, or its name"
    )


class Severity(StrEnum):
    ERROR = "error"  # saving is refused
    WARNING = "warning"  # it is saved as the person's own words


class FindingCode(StrEnum):
    """What was found in a sentence; docs/editing.md says which is an error."""

    NUMERAL = "numeral_without_reference"
    UNKNOWN = "unknown_reference"
    JOINED = "number_made_of_reference"
    UNQUOTED = "brief_not_quoted"
    CONTRADICTED = "claim_contradicted"
    MISPLACED = "number_of_something_else"
    EMPTY = "text_empty"
    UNWRITABLE = "character_not_writable"
    NOT_COVERED = "words_not_covered"
    NOT_SHOWN = "claim_not_shown"
    CAUSE = "cause_claimed"
    NOT_JUDGED = "language_not_judged"
    NO_STATEMENT = "title_is_no_statement"
    TOO_FULL = "slide_too_full"


class Suggestion(BaseDocument):
    """A reference that says what was typed."""

    reference: str = Field(description="To be put in its place, such as {{f3}}")
    display: str
    label: str


class EditFinding(BaseDocument):
    code: FindingCode
    severity: Severity
    message: str = Field(description="What was found and what to do, in a sentence")
    piece: str = Field(default="", description="The words that are meant; empty for all of it")
    suggestions: list[Suggestion] = []


class CheckedSentence(BaseDocument):
    """A sentence of an edited text, and what was found in it; nothing if all of it holds."""

    slide: str
    place: str = Field(description="title, bullet 2, …; `slide` for the slide as a whole")
    number: int = Field(ge=1, description="Of the sentence in its text")
    text: str
    findings: list[EditFinding] = []


class EditCheck(BaseDocument):
    """What the checks found in the texts that an edit changes."""

    savable: bool = Field(description="true if there is no error; warnings do not keep from saving")
    version: int | None = Field(default=None, description="The version that it was checked against")
    sentences: list[CheckedSentence]


class EditedDeck(BaseDocument):
    """A saved edit: its version, and the deck."""

    version: int
    changed: bool = Field(description="false if the edit changed nothing: no version was made")
    deck: Deck
    sentences: list[CheckedSentence] = Field(description="As the check has them: warnings may be left")


class EditWork(BaseDocument):
    """An edit with its author; without one it is only checked."""

    edit: Edit
    author: Author | None = None


class EditOfDeck(EditWork):
    """The part `request` of `POST /edits` at the orchestrator."""

    deck: Deck


class EditOutcome(BaseDocument):
    """What the orchestrator answers; no deck if there is an error, or nothing is to be saved."""

    check: EditCheck
    deck: Deck | None = None
