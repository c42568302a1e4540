"""The step `draft`: a complete deck out of the brief, the source and the findings, without a model."""

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
    Storyline,
    reference_values,
)
from deckgen.domain.facts import Text, render
from deckgen.domain.insights import Findings, Insight, InsightKind
from deckgen.orchestrator.analyst.appendix import appendix
from deckgen.orchestrator.analyst.dataless import draft_without_data
from deckgen.orchestrator.analyst.selection import choose

MAX_CONTENT, MAX_BULLETS, MAX_WORDS = 8, 5, 60
MAX_TITLE = 90
FLOOR = 0.12  # scores below this are not worth a slide, beyond the first three
ORDER = (
    InsightKind.OVERVIEW,
    InsightKind.PERIOD_CHANGE,
    InsightKind.TREND,
    InsightKind.CHANGE_DRIVER,
    InsightKind.RANKING,
    InsightKind.CONCENTRATION,
    InsightKind.SEASONALITY,
    InsightKind.GROUP_DIFFERENCE,
    InsightKind.CORRELATION,
)


def draft(brief: Brief, source: Source | None, findings: Findings | None) -> Draft:
    """A deck that was not yet checked; equal arguments give an equal deck."""
    if source is None or findings is None:
        return draft_without_data(brief)
    return _Composer(brief, source, findings).compose()


class _Composer:
    def __init__(self, brief: Brief, source: Source, findings: Findings) -> None:
        self.values = reference_values(brief, source, findings.facts)
        self.brief, self.source = brief, source
        self.overview = next(i for i in findings.insights if i.kind is InsightKind.OVERVIEW)
        others = [insight for insight in findings.insights if insight is not self.overview]
        chosen = choose(others, MAX_CONTENT - 1)
        kept = [insight for n, insight in enumerate(chosen) if n < 2 or insight.score >= FLOOR]
        self.ranked = kept
        self.told = sorted(kept, key=lambda insight: ORDER.index(insight.kind))

    def compose(self) -> Draft:
        story = self.storyline()
        slides = [
            self.title_slide(),
            self.summary(story),
            *(self.content(insight) for insight in [self.overview, *self.told]),
            *self.recommendation(),
            appendix(self.source),
        ]
        numbered = [
            slide.model_copy(update={"id": f"s{index}"}) for index, slide in enumerate(slides, start=1)
        ]
        return Draft(title=numbered[0].title, storyline=story, slides=numbered)

    def storyline(self) -> Storyline:
        answer = self.answer().headline
        question = "{{brief}}" if self.brief.business_context else "What do the data in {{source}} say?"
        best = [insight for insight in self.ranked if insight.headline != answer][: MAX_BULLETS - 1]
        arguments = [i.headline for i in [self.overview, *self.told] if i in best or i is self.overview]
        arguments = [argument for argument in arguments if argument != answer]
        return Storyline(question=question, answer=answer, arguments=arguments)

    def answer(self) -> Insight:
        """What changed over time, unless something else matters far more."""
        if not self.ranked:
            return self.overview
        moving = (InsightKind.TREND, InsightKind.PERIOD_CHANGE, InsightKind.CHANGE_DRIVER)
        best = max(insight.score for insight in self.ranked)
        told = [insight for insight in self.told if insight.kind in moving]
        answer = max(told, key=lambda insight: insight.score, default=self.ranked[0])
        return answer if answer.score >= 0.6 * best else self.ranked[0]

    def title_slide(self) -> Slide:
        asked = self.brief.business_context
        title = "{{brief}}" if 0 < len(asked) <= MAX_TITLE else "What the data in {{source}} say"
        return Slide(
            id="s1",
            layout=Layout.TITLE,
            title=title,
            blocks=[Callout(text=self.overview.meaning)],
            notes="The deck was computed from the uploaded table alone. Every number in it is the "
            "result of a query that comes with the deck.",
        )

    def summary(self, story: Storyline) -> Slide:
        return Slide(
            id="s2",
            layout=Layout.SUMMARY,
            title=story.answer,
            blocks=[Bullets(items=self.fit(story.arguments))],
            notes="The title is the answer to the question of the brief; each point is argued on a "
            "slide of its own.",
            source_line=self.source_line,
        )

    @property
    def source_line(self) -> Text:
        return "Source: {{source}}"

    def content(self, insight: Insight) -> Slide:
        blocks: list[Block] = []
        if insight.kpis:
            blocks.append(Kpis(items=insight.kpis))
        if insight.chart:
            blocks.append(insight.chart)
        spoken = [text for kpi in insight.kpis for text in (kpi.label, kpi.value, kpi.change)]
        blocks.append(Bullets(items=self.fit(insight.takeaways, taken=self.words(spoken))))
        return Slide(
            id=insight.id,
            layout=Layout.CHART if insight.chart else Layout.KPI,
            title=insight.headline,
            blocks=blocks,
            notes=insight.method,
            source_line=self.source_line,
        )

    def recommendation(self) -> list[Slide]:
        advice = [insight.recommendation for insight in self.ranked if insight.recommendation]
        items = self.fit(list(dict.fromkeys(advice)), taken=24)[:4]
        if not items:
            return []
        return [
            Slide(
                id="advice",
                layout=Layout.RECOMMENDATION,
                title="Start where the data show the largest effects",
                blocks=[
                    Bullets(items=items),
                    Callout(
                        text="The numbers rest on the data. What to do about them is judgement: costs "
                        "and feasibility are not in the table."
                    ),
                ],
                notes="Each point follows from a finding on an earlier slide, the strongest first.",
                source_line=self.source_line,
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
        return sum(len(render(text, self.values).split()) for text in texts)
