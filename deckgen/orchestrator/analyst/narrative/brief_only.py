"""A deck out of a brief alone: what to answer, which data settle it, what comes next. No number."""

from deckgen.domain.blocks import Bullets, Callout
from deckgen.domain.briefs import Brief
from deckgen.domain.decks import Draft, Layout, Slide, Storyline
from deckgen.domain.facts import Text
from deckgen.domain.language.choosing import language_of
from deckgen.orchestrator.analyst.brief.audience import plan_of
from deckgen.orchestrator.analyst.lexicon.questions import Cue, cues_of

MAX_TITLE, MAX_BULLETS = 90, 5
_ARGUMENTS = ("argument.parts", "argument.table", "argument.first")
_QUESTIONS = ("ask.level", "ask.direction", "ask.drivers", "ask.pattern", "ask.choice")
_DATA = ("data.date", "data.measured", "data.groups", "data.target")
_STORY = ("story.answer", "story.course", "story.rank", "story.season", "story.advice")
_STEPS = ("step.decision", "step.export", "step.upload")
# The first kind that a question has a cue of is its own: what is asked first, and which data settle it.
_KINDS = {
    (Cue.CAUSE, Cue.DIFFERENCE_MADE): "cause",
    (Cue.WHEN, Cue.TIME_OF_DAY, Cue.WEEKDAY, Cue.TIME_OF_YEAR): "when",
    (Cue.RELATION,): "relation",
    (Cue.DISTRIBUTION, Cue.SHARE, Cue.CONTRIBUTE): "spread",
    (Cue.MOST, Cue.LEAST, Cue.GOOD, Cue.BAD, Cue.WHICH, Cue.WHO): "rank",
    (Cue.DEVELOP, Cue.UP, Cue.DOWN, Cue.YEARLY, Cue.EXPECT): "course",
}


def draft_without_data(brief: Brief) -> Draft:
    """Returns structure, questions and the data that would answer them, by the kind of the question."""
    return _Composer(brief).compose()


class _Composer:
    def __init__(self, brief: Brief) -> None:
        self.brief, self.plan, self.language = brief, plan_of(brief), language_of(brief)
        self.kind = _kind_of(brief.business_context)

    def says(self, key: str) -> Text:
        return self.language.say(f"brief_only.{key}")

    def all_of(self, keys: tuple[str, ...]) -> list[Text]:
        return [self.says(key) for key in keys]

    def compose(self) -> Draft:
        asked = "{{brief}}" if _fits_a_title(self.brief.business_context) else ""
        title = asked or self.says("title")
        return Draft(
            title=title,
            storyline=Storyline(
                question=asked or self.says("question"),
                answer=self.says(self.kind),
                arguments=self.all_of(_ARGUMENTS),
            ),
            slides=[
                slide.model_copy(update={"id": f"s{number}"})
                for number, slide in enumerate(self.slides(title), start=1)
            ],
        )

    def slides(self, title: Text) -> list[Slide]:
        """Returns as many as the brief allows; what must be answered is left out last."""
        content = [
            self.slide(Layout.CHART, self.says("questions"), self.first_of("ask", _QUESTIONS)),
            self.slide(Layout.CHART, self.says("data"), self.first_of("data", _DATA)),
            self.slide(Layout.CHART, self.says("story"), self.all_of(_STORY)),
        ][: self.plan.slides - 3]
        steps, callout = self.all_of(_STEPS), self.says("advice.callout")
        advice = self.slide(Layout.RECOMMENDATION, self.says("advice"), steps, callout)
        return [
            self.slide(Layout.TITLE, title, [], self.says("callout")),
            self.slide(Layout.SUMMARY, self.says(self.kind), self.all_of(_ARGUMENTS)),
            *([advice, *content] if self.plan.advice_first else [*content, advice]),
        ]

    def first_of(self, what: str, others: tuple[str, ...]) -> list[Text]:
        """Returns what belongs to the kind of the question, and then the others."""
        found = dict.fromkeys([self.says(f"{self.kind}.{what}"), *self.all_of(others)])
        return list(found)[:MAX_BULLETS]

    def slide(self, layout: Layout, title: Text, items: list[Text], callout: Text = "") -> Slide:
        bullets = [Bullets(items=items)] if items else []
        callouts = [Callout(text=callout)] if callout else []
        blocks = [*bullets, *callouts]
        return Slide(id="s", layout=layout, title=title, blocks=blocks, notes=self.says("notes"))


def _kind_of(question: str) -> str:
    asked = cues_of(question)
    return next((kind for cues, kind in _KINDS.items() if asked.keys() & set(cues)), "open")


def _fits_a_title(question: str) -> bool:
    return 0 < len(question) <= MAX_TITLE and not any(character.isdigit() for character in question)
