"""The step `draft`: a complete deck out of the brief, the source and the findings, without a model."""

from functools import partial

from deckgen.domain.answers import Answer
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
from deckgen.domain.facts import Text, references, render, words
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import language_of
from deckgen.orchestrator.analyst.brief.audience import plan_of
from deckgen.orchestrator.analyst.narrative import answered, takeaways
from deckgen.orchestrator.analyst.narrative.appendix import appendix
from deckgen.orchestrator.analyst.narrative.brief_only import draft_without_data

MAX_BULLETS, BESIDE_KPIS, MAX_WORDS = 5, 4, 60
MAX_TITLE = 90
FEWEST_TITLE_WORDS, MOST_TITLE_WORDS = 5, 15


def draft(brief: Brief, source: Source | None, findings: Findings | None) -> Draft:
    """Returns a deck that was not yet checked; equal arguments give an equal deck."""
    if source is None or findings is None:
        return draft_without_data(brief)
    return _Composer(brief, source, findings).compose()


class _Composer:
    def __init__(self, brief: Brief, source: Source, findings: Findings) -> None:
        labels = [column.label for column in source.columns]
        self.language = language_of(brief).of_columns(labels)
        self.values = reference_values(brief, source, findings.facts, self.language.code)
        self.brief, self.source, self.findings = brief, source, findings
        self.plan = plan_of(brief)
        content = self.plan.content - (findings.advice is not None)
        self.answers = answered.told(findings)[:content]
        self.head = answered.title(findings, self.answers, self.fits_a_title, self.language)

    def compose(self) -> Draft:
        slides = [
            self.title_slide(),
            self.summary(),
            *(self.content(place, answer) for place, answer in enumerate(self.answers, start=1)),
            *([self.advice(self.findings.advice)] if self.findings.advice else []),
            *appendix(self.source, self.findings, self.language, with_method=self.plan.has_method),
        ]
        if self.plan.asked and len(slides) < self.plan.slides:
            notes = f"{slides[0].notes} {self.language.say('draft.not_padded')}"
            slides[0] = slides[0].model_copy(update={"notes": notes})
        numbered = [
            slide.model_copy(update={"id": f"s{index}"}) for index, slide in enumerate(slides, start=1)
        ]
        told = [slide.id for slide in numbered if slide.layout in (Layout.CHART, Layout.KPI)]
        return Draft(
            title=numbered[0].title,
            storyline=answered.storyline(self.brief, self.findings, self.answers, self.language),
            slides=numbered,
            answering=told,
            questions=answered.questions_of(self.findings, self.slide_ids()),
        )

    def slide_ids(self) -> dict[Text, str]:
        """Returns the slides of the answers, by their headlines."""
        return {
            answer.headline: f"s{number}"
            for number, answer in enumerate(self.answers, start=answered.FIRST)
        }

    @property
    def source_line(self) -> Text:
        return self.language.say("source.line", name="{{source}}")

    def title_slide(self) -> Slide:
        asked = self.brief.business_context
        says = self.language.say
        fits = 0 < len(asked) <= MAX_TITLE
        title = "{{brief}}" if fits else says("draft.title", name="{{source}}")
        based_on = Callout(text=self.findings.based_on)
        notes = says("draft.proof")
        if len(asked) > MAX_TITLE:
            notes = f"{notes} {says('draft.question_was', question='{{brief}}')}"
        return Slide(id="s", layout=Layout.TITLE, title=title, blocks=[based_on], notes=notes)

    def summary(self) -> Slide:
        """Returns the answers in the order of the questions, and what is left open."""
        remark = ". ".join(answered.remarks(self.findings, self.language))
        fit = partial(self.fit, taken=self.words([remark]))
        titles = [self.argument(answer)[0] for answer in self.answers]
        points = answered.summary(
            self.answers, self.findings.advice, {self.head, *titles}, fit, self.language
        )
        blocks: list[Block] = [Bullets(items=points)] if points else []
        return Slide(
            id="s",
            layout=Layout.SUMMARY,
            title=self.head,
            blocks=[*blocks, Callout(text=remark)] if remark else blocks,
            notes=self.language.say("draft.asked" if self.findings.answers else "draft.scanned"),
            source_line=self.source_line,
        )

    def content(self, place: int, answer: Answer) -> Slide:
        blocks: list[Block] = []
        if answer.kpis:
            blocks.append(Kpis(items=answer.kpis))
        if answer.chart:
            blocks.append(answer.chart)
        spoken = _spoken(answer)
        title, points = self.argument(answer)
        points = points[:BESIDE_KPIS] if answer.kpis else points
        blocks.append(Bullets(items=self.fit(points, taken=self.words(spoken))))
        return Slide(
            id=f"a{place}",
            layout=Layout.CHART if answer.chart else Layout.KPI,
            title=title,
            blocks=blocks,
            notes=answer.method,
            source_line=self.source_line,
        )

    def advice(self, advice: Answer) -> Slide:
        """Returns the slide with what may be done, what that is worth, and what to find out first."""
        spoken = [text for kpi in advice.kpis for text in (kpi.label, kpi.value)]
        return Slide(
            id="s",
            layout=Layout.RECOMMENDATION,
            title=advice.headline,
            blocks=[
                Kpis(items=advice.kpis),
                Bullets(items=self.fit(advice.points, taken=self.words(spoken))),
            ],
            notes=advice.method,
            source_line=self.source_line,
        )

    def argument(self, answer: Answer) -> tuple[Text, list[Text]]:
        """Returns the title of an answer's slide and its points: where the summary has its headline,
        its other wording, or the first point that can be a title and whose figures are there.
        """
        points = takeaways.for_audience(answer, self.findings.facts, self.plan.audience, self.language)
        if answer.headline != self.head:
            return answer.headline, points
        if self.fits_a_title(answer.short):
            return answer.short, points
        shown = {name for text in (answer.headline, *_spoken(answer)) for name in references(text)}
        argued = next(
            (each for each in points if self.fits_a_title(each) and shown >= {*references(each)}),
            answer.headline,
        )
        return argued, [each for each in [answer.headline, *points] if each != argued]

    def fits_a_title(self, text: Text) -> bool:
        return FEWEST_TITLE_WORDS <= self.words([text]) <= MOST_TITLE_WORDS

    def fit(self, items: list[Text], taken: int = 0) -> list[Text]:
        """Returns as many of the items as a slide takes, from the first on."""
        kept: list[Text] = []
        for item in items[:MAX_BULLETS]:
            taken += self.words([item])
            if taken > MAX_WORDS:
                break
            kept.append(item)
        return kept

    def words(self, texts: list[Text]) -> int:
        return sum(len(words(render(text, self.values))) for text in texts)


def _spoken(answer: Answer) -> list[Text]:
    """Returns the words of an answer's large figures."""
    return [text for kpi in answer.kpis for text in (kpi.label, kpi.value, kpi.change)]
