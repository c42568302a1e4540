"""The step `draft`: a complete deck out of the brief, the source and the findings, without a model."""

from functools import partial

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import (
    Block,
    Bullets,
    Callout,
    Draft,
    Kpis,
    Layout,
    Slide,
    reference_values,
)
from deckgen.domain.facts import Text, render, words
from deckgen.domain.insights import Findings, Insight, InsightKind
from deckgen.orchestrator.analyst.brief.audience import plan_of
from deckgen.orchestrator.analyst.narrative import answered, recommendations, takeaways
from deckgen.orchestrator.analyst.narrative.appendix import appendix
from deckgen.orchestrator.analyst.narrative.brief_only import draft_without_data
from deckgen.orchestrator.analyst.narrative.caveats import caveats_of
from deckgen.orchestrator.analyst.narrative.storyline import Story, story_of

MAX_BULLETS, BESIDE_KPIS, MAX_WORDS = 5, 4, 60
MAX_TITLE = 90
SOURCE_LINE = "Source: {{source}}"
PROOF = (
    "The deck was computed from the uploaded table alone. Every number in it is the result of a query "
    "that comes with the deck."
)
NOT_PADDED = " It has fewer slides than it might have: nothing else in the table is strong enough."


def draft(brief: Brief, source: Source | None, findings: Findings | None) -> Draft:
    """A deck that was not yet checked; equal arguments give an equal deck."""
    if source is None or findings is None:
        return draft_without_data(brief)
    return _Composer(brief, source, findings).compose()


class _Composer:
    def __init__(self, brief: Brief, source: Source, findings: Findings) -> None:
        self.values = reference_values(brief, source, findings.facts)
        self.brief, self.source, self.findings = brief, source, findings
        self.plan = plan_of(brief)
        self.overview = next(i for i in findings.insights if i.kind is InsightKind.OVERVIEW)
        self.story = self.story_beside(with_advice=False)
        self.advice: list[Text] = []
        # An answer that advises says so itself, with a size.
        advises = self.plan.has_room_for_advice and not findings.answers
        if advises and recommendations.advice_of(self.story, source, findings):
            self.story = self.story_beside(with_advice=True)
            self.advice = recommendations.advice_of(self.story, source, findings)

    def story_beside(self, *, with_advice: bool) -> Story:
        most = self.plan.content(with_advice=with_advice)
        return story_of(self.brief, self.source, self.findings, self.values, most)

    def compose(self) -> Draft:
        content = [self.content(insight) for insight in self.story.told]
        recommendation = self.recommendation()
        body = [*recommendation, *content] if self.plan.advice_first else [*content, *recommendation]
        slides = [
            self.title_slide(),
            self.summary(),
            *body,
            *appendix(self.source, self.findings, with_method=self.plan.has_method),
        ]
        if self.plan.asked and len(slides) < self.plan.slides:
            slides[0] = slides[0].model_copy(update={"notes": slides[0].notes + NOT_PADDED})
        numbered = [
            slide.model_copy(update={"id": f"s{index}"}) for index, slide in enumerate(slides, start=1)
        ]
        told = [slide.id for slide in numbered if slide.layout in (Layout.CHART, Layout.KPI)]
        return Draft(
            title=numbered[0].title,
            storyline=self.story.storyline(),
            slides=numbered,
            answering=told[: len(self.story.answers)],
            questions=answered.questions_of(self.findings, numbered),
        )

    def title_slide(self) -> Slide:
        asked = self.brief.business_context
        title = "{{brief}}" if 0 < len(asked) <= MAX_TITLE else "What the data in {{source}} say"
        question = " The question was: {{brief}}" if len(asked) > MAX_TITLE else ""
        based_on = Callout(text=self.overview.meaning)
        notes = PROOF + question
        return Slide(id="s", layout=Layout.TITLE, title=title, blocks=[based_on], notes=notes)

    def summary(self) -> Slide:
        if answered.told(self.findings):
            return self.summary_of_answers()
        story, settled = self.story.storyline(), self.story.settled
        title = self.story.answer.headline if settled else self.story.unsettled
        points = [*([] if settled else [self.story.answer.headline]), *story.arguments]
        remark = self.remark()
        blocks: list[Block] = [Bullets(items=self.fit(points, taken=self.words([remark])))]
        return Slide(
            id="s",
            layout=Layout.SUMMARY,
            title=title,
            blocks=[*blocks, Callout(text=remark)] if remark else blocks,
            notes="The title answers the question of the brief, as far as the data do; each point is "
            "argued on a slide of its own.",
            source_line=SOURCE_LINE,
        )

    def summary_of_answers(self) -> Slide:
        """The answers in the order of the questions, and what is left open."""
        remark = ". ".join(answered.remarks(self.findings))
        fit = partial(self.fit, taken=self.words([remark]))
        headline, *points = answered.summary(self.findings, fit)
        blocks: list[Block] = [Bullets(items=points)] if points else []
        return Slide(
            id="s",
            layout=Layout.SUMMARY,
            title=headline,
            blocks=[*blocks, Callout(text=remark)] if remark else blocks,
            notes="The title answers the first question of the brief; each point is argued on a slide "
            "of its own.",
            source_line=SOURCE_LINE,
        )

    def remark(self) -> Text:
        """What the reader must know with the answers."""
        return ". ".join([*caveats_of(self.story, self.source), *self.findings.remarks])

    def content(self, insight: Insight) -> Slide:
        blocks: list[Block] = []
        if insight.kpis:
            blocks.append(Kpis(items=insight.kpis))
        if insight.chart:
            blocks.append(insight.chart)
        spoken = [text for kpi in insight.kpis for text in (kpi.label, kpi.value, kpi.change)]
        points = takeaways.for_audience(insight, self.findings.facts, self.plan.audience)
        points = points[:BESIDE_KPIS] if insight.kpis else points
        blocks.append(Bullets(items=self.fit(points, taken=self.words(spoken))))
        return Slide(
            id=insight.id,
            layout=Layout.CHART if insight.chart else Layout.KPI,
            title=insight.headline,
            blocks=blocks,
            notes=insight.method,
            source_line=SOURCE_LINE,
        )

    def recommendation(self) -> list[Slide]:
        reserve = recommendations.reservation(self.brief)
        items = self.fit(self.advice, taken=self.words([reserve]))
        if not items:
            return []
        return [
            Slide(
                id="advice",
                layout=Layout.RECOMMENDATION,
                title=recommendations.title_of(self.story),
                blocks=[Bullets(items=items), Callout(text=reserve)],
                notes="Each point says what it rests on. Numbers are those of the other slides, the "
                "strongest finding first.",
                source_line=SOURCE_LINE,
            )
        ]

    def fit(self, items: list[Text], taken: int = 0) -> list[Text]:
        """As many of the items as a slide takes, from the first on."""
        kept: list[Text] = []
        for item in items[:MAX_BULLETS]:
            taken += self.words([item])
            if taken > MAX_WORDS:
                break
            kept.append(item)
        return kept

    def words(self, texts: list[Text]) -> int:
        return sum(len(words(render(text, self.values))) for text in texts)
