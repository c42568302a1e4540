"""The step `draft`: a complete deck out of the brief, the source and the findings, without a model."""

from itertools import combinations

from deckgen.domain.answers import Answer, Move
from deckgen.domain.blocks import Action, Actions, Block, Bullets, Callout, Kpi, Kpis, Messages
from deckgen.domain.briefs import Brief
from deckgen.domain.charts import Chart
from deckgen.domain.datasets import Source
from deckgen.domain.decks import Draft, Layout, Slide, reference_values
from deckgen.domain.facts import Fact, Text, references, render, words
from deckgen.domain.findings import Findings
from deckgen.domain.language.choosing import language_of
from deckgen.domain.language.phrasebook import at_start
from deckgen.orchestrator.analyst.brief.audience import plan_of
from deckgen.orchestrator.analyst.narrative import agenda, answered, summary, takeaways
from deckgen.orchestrator.analyst.narrative.appendix import appendix
from deckgen.orchestrator.analyst.narrative.brief_only import draft_without_data

MAX_BULLETS, BESIDE_KPIS, MAX_WORDS = 5, 4, 60
MAX_TITLE, MAX_QUESTION = 90, 160
FEWEST_TITLE_WORDS, MOST_TITLE_WORDS = 5, 15
FEWEST_COVER_WORDS, MOST_COVER_WORDS = 3, 12


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
        told = answered.told(findings)
        self.has_agenda = agenda.is_needed(findings, told[: content - 1])  # it takes a slide
        self.answers = told[: content - self.has_agenda]
        self.head = answered.title(findings, self.answers, self.fits_a_title, self.language)
        self.charts = self.without_repeats()
        self.cover = answered.cover(findings, self.answers, self.head, self.fits_a_cover, self.language)

    def compose(self) -> Draft:
        slides = [
            self.title_slide(),
            self.summary(),
            *([agenda.agenda(self.findings, self.slide_ids(), self.language)] * self.has_agenda),
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
        """Returns the slides of the answers and of the advice, by their headlines."""
        advice = [self.findings.advice] if self.findings.advice else []
        return {
            answer.headline: f"s{number}"
            for number, answer in enumerate([*self.answers, *advice], start=self.first)
        }

    @property
    def first(self) -> int:
        """The number of the first answer's slide."""
        return answered.FIRST + self.has_agenda

    @property
    def source_line(self) -> Text:
        return self.language.say("source.line", name="{{source}}")

    def title_slide(self) -> Slide:
        """Returns the answer in a few words, or else the question; beneath it the question and what
        the answer rests on.
        """
        asked = self.brief.business_context
        says = self.language.say
        question = "{{brief}}" if 0 < len(asked) <= MAX_QUESTION else ""
        named = "{{brief}}" if 0 < len(asked) <= MAX_TITLE else says("draft.title", name="{{source}}")
        title = self.cover or named
        beneath = [question] if question and title != question else []
        notes = says("draft.proof")
        if len(asked) > MAX_QUESTION:
            notes = f"{notes} {says('draft.question_was', question='{{brief}}')}"
        return Slide(
            id="s",
            layout=Layout.TITLE,
            title=title,
            blocks=[Callout(text=text) for text in (*beneath, self.findings.based_on)],
            notes=notes,
        )

    def summary(self) -> Slide:
        """Returns the answers in the order of the questions, and what is left open."""
        remark = ". ".join(answered.remarks(self.findings, self.language))
        rows = summary.messages(
            self.answers,
            self.findings.advice,
            self.titles(),
            lambda texts: self.words([*texts, remark]),
            first=self.first,
        )
        blocks: list[Block] = [Messages(items=rows)] if rows else []
        return Slide(
            id="s",
            layout=Layout.SUMMARY,
            title=self.head,
            blocks=[*blocks, Callout(text=remark)] if remark else blocks,
            notes=self.language.say("draft.asked" if self.findings.answers else "draft.scanned"),
            source_line=self.source_line,
        )

    def titles(self) -> set[Text]:
        """Returns the titles of the slides that tell something."""
        advice = self.findings.advice
        told = {self.argument(answer)[0] for answer in self.answers}
        return {self.cover, self.head, *told, *([advice.headline] if advice else [])}

    def content(self, place: int, answer: Answer) -> Slide:
        chart = self.charts[place - 1]
        title, points = self.argument(answer)
        figures = answer.kpis or ([] if chart else _figure(answer))
        points = points[:BESIDE_KPIS] if figures else points
        if chart:
            figures = self.beside_chart(figures, [title, *points], chart)
        blocks: list[Block] = [Kpis(items=figures)] if figures else []
        if chart:
            blocks.append(chart)
        spoken = _spoken(figures)
        blocks.append(Bullets(items=self.fit(points, taken=self.words(spoken))))
        return Slide(
            id=f"a{place}",
            layout=Layout.CHART if chart else Layout.KPI,
            title=title,
            blocks=blocks,
            notes=answer.method,
            source_line=self.source_line,
        )

    def without_repeats(self) -> list[Chart | None]:
        """Returns the charts, each picture once: where the title needs it, else the last time."""
        charts = [answer.chart for answer in self.answers]
        for one, other in combinations(range(len(charts)), 2):
            first, second = charts[one], charts[other]
            if first and second and (first.kind, first.sql) == (second.kind, second.sql):
                answer = self.answers[one]
                title, points = self.argument(answer)
                needs_it = self.unshown(title, [*points, *_spoken(answer.kpis)])
                charts[other if needs_it else one] = None
        return charts

    def beside_chart(self, figures: list[Kpi], said: list[Text], chart: Chart) -> list[Kpi]:
        """Returns the figure that changed, or else the first one, where the chart and the points show
        what the title has of the others; else all of them.
        """
        title, *points = said
        drawn = [value for series in chart.series for value in series.values]
        main = [each for each in figures if each.change][:1] or figures[:1]
        free = self.unshown(title, [*points, *_spoken(main)])
        return main if all(fact.value in drawn for fact in free) else figures

    def unshown(self, title: Text, said: list[Text]) -> list[Fact]:
        """Returns the numbers of a title that no text of its slide has."""
        facts = {fact.id: fact for fact in self.findings.facts}
        shown = {name for text in said for name in references(text)}
        stated = (facts[name] for name in references(title) if name in facts)
        return [fact for fact in stated if fact.unit.is_numeric and fact.id not in shown]

    def advice(self, advice: Answer) -> Slide:
        """Returns the slide with what may be done, what that rests on, and what it is worth."""
        ids = self.slide_ids()
        slides = {move.text: ids[answer.headline] for answer in self.answers for move in answer.moves}
        moves = [self.action(move, slides.get(move.text, "")) for move in advice.moves]
        worths = {move.worth for move in advice.moves}
        says = self.language.say
        label = says("advice.a_year", worth=worths.pop()) if len(worths) == 1 else says("advice.worth")
        return Slide(
            id="s",
            layout=Layout.RECOMMENDATION,
            title=advice.headline,
            blocks=[Actions(size_label=at_start(label), items=moves), Bullets(items=advice.points)],
            notes=advice.method,
            source_line=self.source_line,
        )

    def action(self, move: Move, slide: str) -> Action:
        """Returns something to do, with the slide that shows what it rests on."""
        evidence = move.evidence
        if slide:
            number = f"{{{{{slide}}}}}"
            evidence = self.language.say("advice.evidence", text=evidence, number=number)
        return Action(
            action=move.text,
            evidence=evidence,
            size=f"{{{{{move.size}}}}}",
            first_step=move.first,
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
        texts = (answer.headline, *_spoken(answer.kpis))
        shown = {name for text in texts for name in references(text)}
        argued = next(
            (each for each in points if self.fits_a_title(each) and shown >= {*references(each)}),
            answer.headline,
        )
        return argued, [each for each in [answer.headline, *points] if each != argued]

    def fits_a_cover(self, text: Text) -> bool:
        return FEWEST_COVER_WORDS <= self.words([text]) <= MOST_COVER_WORDS

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


def _spoken(kpis: list[Kpi]) -> list[Text]:
    """Returns the words of large figures."""
    return [text for kpi in kpis for text in (kpi.label, kpi.value, kpi.change)]


def _figure(answer: Answer) -> list[Kpi]:
    """Returns the figure that stands for an answer, for a slide that has nothing else to show."""
    return [Kpi(label=row.label, value=row.figure) for row in answer.rows[:1] if row.figure]
