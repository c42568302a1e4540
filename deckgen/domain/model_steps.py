"""The documents that the model engine's steps hand to one another: assignments and results."""

from pydantic import Field

from deckgen.domain.decks import Deck, Draft, Provenance, Slide
from deckgen.domain.documents import BaseDocument
from deckgen.domain.facts import Fact, Text
from deckgen.domain.job_kinds.revise import Revision
from deckgen.domain.model_calls import UpperBound


class Upgrade(BaseDocument):
    """The model that is to improve a draft, the most its first call can use, and the facts that each
    slide may cite, by the ids of the slides that are to be written.
    """

    model: str
    most: UpperBound
    facts: dict[str, list[Fact]]


class DraftForModel(Draft):
    """A draft with its upgrade, if a model is to improve it: `deck` can be read before it is proved."""

    upgrade: Upgrade | None = None
    deck: Deck | None = None


class Intent(BaseDocument):
    """One slide that is to be written: the draft's slide, and the facts that it may cite."""

    slide: Slide
    facts: list[Fact]
    strangers: list[str] = Field(
        default=[], description="Groups that the deck mentions, but none of these facts"
    )
    must_cite: bool = Field(description="True if each point has to cite a fact")
    instruction: str = Field(default="", description="A user's wish for the slide, if any")
    most: UpperBound


class Outline(BaseDocument):
    """The deck before its slides are written: `order` has the ids of the draft's slides, and `made`
    says who gave it its title.
    """

    title: Text
    order: list[str]
    made: Provenance


class StorylineResult(BaseDocument):
    """The result of the step `storyline`, and of `revise`, which has no outline.

    `shared` is the beginning of the prompts of all slides. If the model's answer could not be used,
    `problem` says why, and order and titles are the draft's; it is `lost` if there was no answer,
    though one may be paid for.
    """

    outline: Outline | None
    shared: list[str]
    intents: list[Intent]
    problem: str = ""
    lost: bool = False


class Assignment(BaseDocument):
    """The part of the storyline that the steps `slide` and `repair` receive."""

    shared: list[str]
    intent: Intent


class SlideResult(BaseDocument):
    """A slide that the model wrote; null if it was refused, for the `problems`.

    `answer` is the refused answer, and `most` the most that another call can use. The slide is `lost`
    if there was no answer, though one may be paid for.
    """

    slide: Slide | None
    problems: list[str] = []
    answer: str = ""
    most: UpperBound | None = None
    lost: bool = False


class SlideOutcome(BaseDocument):
    """The outcome of one slide: as the model wrote it, or the reason why it is the draft's."""

    slide: Slide | None
    attempts: int = Field(ge=0, description="The number of the model's answers")
    reason: str = ""


class UpgradeResult(BaseDocument):
    """The outcome of the whole upgrade; `reason` says why the outline is missing or the draft's."""

    outline: Outline | None
    outcomes: dict[str, SlideOutcome] = {}
    reason: str = ""


class RevisionOf(BaseDocument):
    """The input of the steps `revise` and `replace`: the present deck, and the requested change."""

    deck: Deck
    revision: Revision
