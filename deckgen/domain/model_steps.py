"""What the model engine's steps hand to one another: what is to be written, and what was."""

from pydantic import Field

from deckgen.domain.decks import Deck, Draft, Made, Slide
from deckgen.domain.documents import Model
from deckgen.domain.facts import Fact, Text
from deckgen.domain.job_kinds.revise import Revision
from deckgen.domain.model_calls import UpperBound


class Upgrade(Model):
    """The model that is to improve a draft, what its first call takes at most, and which facts each
    slide may cite, by the ids of the slides that are to be written.
    """

    model: str
    most: UpperBound
    facts: dict[str, list[Fact]]


class DraftForModel(Draft):
    """Without an `upgrade` the draft is the deck; with one, `deck` is what can be read of it at once,
    before it is proved.
    """

    upgrade: Upgrade | None = None
    deck: Deck | None = None


class Intent(Model):
    """One slide that is to be written: the draft's slide, and the facts that it may cite."""

    slide: Slide
    facts: list[Fact]
    strangers: list[str] = Field(
        default=[], description="Groups that the deck speaks of, and none of these facts"
    )
    must_cite: bool = Field(description="Whether each point has to cite a fact")
    instruction: str = Field(default="", description="What a user wants of the slide, if one does")
    most: UpperBound


class Outline(Model):
    """The deck before its slides are written: `order` has the ids of the draft's slides, and `made`
    says who gave it its title.
    """

    title: Text
    order: list[str]
    made: Made


class StorylineResult(Model):
    """The result of the step `storyline`, and of `revise`, which has no outline; `shared` is what the
    prompts of all slides begin with. Where the model's answer could not be used, `problem` says why,
    and order and titles are the draft's; it is `lost` if there was no answer, though one may be paid.
    """

    outline: Outline | None
    shared: list[str]
    intents: list[Intent]
    problem: str = ""
    lost: bool = False


class Assignment(Model):
    """What the steps `slide` and `repair` are given of the storyline."""

    shared: list[str]
    intent: Intent


class SlideResult(Model):
    """A slide that the model wrote; null if it was refused, for the `problems`.

    `answer` is what the model said then, and `most` what one more call would take at most. It is `lost`
    if there was no answer, though one may be paid for.
    """

    slide: Slide | None
    problems: list[str] = []
    answer: str = ""
    most: UpperBound | None = None
    lost: bool = False


class SlideOutcome(Model):
    """What became of one slide: as the model wrote it, or why it is the draft's."""

    slide: Slide | None
    attempts: int = Field(ge=0, description="How many answers of the model there were")
    reason: str = ""


class UpgradeResult(Model):
    """What became of the whole upgrade; `reason` says why there is no outline, or only the draft's."""

    outline: Outline | None
    outcomes: dict[str, SlideOutcome] = {}
    reason: str = ""


class RevisionOf(Model):
    """What the steps `revise` and `replace` are given: the deck that there is, and what is wanted."""

    deck: Deck
    revision: Revision
