"""The step `facts`: find candidates, correct for testing many of them, rank, and write out the best."""

from collections import Counter
from pathlib import Path

from scipy.stats import false_discovery_control

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import reference_values
from deckgen.domain.facts import Statistics, Text, references, render, words
from deckgen.domain.insights import Findings, Insight, InsightKind, Question, Tested
from deckgen.orchestrator.analyst.answers.answering import answers_of, scan_of
from deckgen.orchestrator.analyst.brief.question_matching import Subject
from deckgen.orchestrator.analyst.brief.questions import questions_of
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.ingestion.table import DataTable, open_table
from deckgen.orchestrator.analyst.insights import ALL, Candidate, Story, overview
from deckgen.orchestrator.analyst.insights.diversity import Scored, diverse
from deckgen.orchestrator.analyst.insights.remarks import limits_of, remarks_of
from deckgen.orchestrator.analyst.insights.shared.context import Analysis
from deckgen.orchestrator.analyst.questions.splitting import is_task
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.table_model import model_of

SIGNIFICANT = 0.05
MAX_INSIGHTS = 12
MAX_TITLE_WORDS = 15
# Insights that compare the periods which the brief may have named.
COMPARING = frozenset({
    InsightKind.PERIOD_CHANGE, InsightKind.CHANGE_DRIVER, InsightKind.MIX_RATE, InsightKind.RANK_CHANGE,
})  # fmt: skip


def find(path: Path, source: Source, brief: Brief, *, with_answers: bool = True) -> Findings:
    """Facts and ranked insights of a table, and the answers to the brief. Raises UnreadableData."""
    with open_table(path, brief.table) as table:
        analysis = Analysis(table, source, brief)
        book = FactBook(table, brief.locale)
        answers, scan = _answers(table, source, brief, book) if with_answers else ([], [])
        # What nobody asked for is looked for only where the brief asks nothing.
        modules = ALL if _is_searched(analysis, answers, scan) else (overview.find,)
        candidates = [candidate for module in modules for candidate in module(analysis)]
        ranked = sorted(
            corrected(analysis, candidates), key=lambda item: (-item[0], item[1].kind, item[1].subject)
        )
        insights: list[Insight] = []
        questions = _questions(analysis)
        first = [answer for one in questions if (answer := _answer(analysis, one, ranked))]
        if len(first) == len(questions) and _has_open(answers):
            answers, scan = [], []  # what the search found answers each question
        for score, candidate, statistics in diverse(ranked, MAX_INSIGHTS, first):
            story = candidate.write(book, statistics)
            values = reference_values(brief, source, book.facts)
            insights.append(_insight(f"i{len(insights) + 1}", candidate, story, score, values))
        insights.sort(key=lambda insight: -insight.score)
        remarks, limits = remarks_of(analysis, book), limits_of(analysis, book)
        return Findings(
            facts=book.facts,
            answers=answers,
            scan=scan,
            insights=insights,
            questions=questions,
            named=sorted(analysis.mentions.columns),
            names_a_period=analysis.comparison.periods is not None,
            remarks=remarks,
            limits=limits,
            tests=_tests(candidates, ranked),
        )


def _is_searched(analysis: Analysis, answers: list[Answer], scan: list[Answer]) -> bool:
    """Whether to search as for a brief that asks nothing: also where a question stays open in a table
    without groups, whose columns no operation takes for groups yet.
    """
    return (not answers and not scan) or (not analysis.dimensions and _has_open(answers))


def _has_open(answers: list[Answer]) -> bool:
    return any(not answer.headline for answer in answers)


def _answers(
    table: DataTable, source: Source, brief: Brief, book: FactBook
) -> tuple[list[Answer], list[Answer]]:
    """The answers to what the brief asks, and what a scan finds for a task or without one."""
    if not brief.business_context:
        return [], []
    asked = Table(table, source, model_of(table, source, source.name, brief=brief), brief)
    if is_task(brief.business_context):
        return [], scan_of(asked, book)
    answers = answers_of(asked, book)
    is_told = any(answer.headline for answer in answers)
    return answers, [] if is_told else scan_of(asked, book)


def _questions(analysis: Analysis) -> list[Question]:
    questions: list[Question] = []
    before: set[int] = set()
    for part in questions_of(analysis.brief.business_context):
        mentions = analysis.mentions.within(part)
        questions.append(
            Question(
                text=part,
                named=sorted(mentions.columns),
                by_group=sorted(mentions.by_group),
                named_before=sorted(before),
            )
        )
        before |= mentions.columns
    return questions


def _answer(analysis: Analysis, question: Question, ranked: list[Scored]) -> Scored | None:
    """What answers a question most directly, so that it is written out in any case."""
    subject = Subject.of(
        question,
        analysis.source,
        names_a_period=analysis.comparison.periods is not None,
    )
    fitting = [item for item in ranked if subject.fits(item[1].kind, item[1].columns)]
    return max(
        fitting,
        key=lambda item: (subject.directness(item[1].kind, item[1].columns), item[0]),
        default=None,
    )


def corrected(analysis: Analysis, candidates: list[Candidate]) -> list[Scored]:
    """Candidates with their scores, without those whose test does not hold after correction.

    Benjamini and Hochberg (1995), over all tests of the deck.
    """
    tested = [candidate for candidate in candidates if candidate.test]
    p_values = [candidate.test.p_value for candidate in tested if candidate.test]
    q_values = false_discovery_control(p_values, method="bh") if p_values else []
    q_of = {id(candidate): float(q) for candidate, q in zip(tested, q_values, strict=True)}
    scored: list[Scored] = []
    for candidate in candidates:
        q = q_of.get(id(candidate), 0.0)
        if q >= SIGNIFICANT:
            continue
        relevance = analysis.relevance(
            candidate.columns, candidate.values, compares=candidate.kind in COMPARING
        )
        score = candidate.impact * candidate.strength * (1 - q) * relevance
        if score > 0:
            scored.append((round(score, 6), candidate, _statistics(candidate, q)))
    return scored


def _tests(candidates: list[Candidate], ranked: list[Scored]) -> list[Tested]:
    """Each test by name: how often it was made, and how often it and its effect held."""
    made = Counter(candidate.test.name for candidate in candidates if candidate.test)
    held = Counter(candidate.test.name for _, candidate, _ in ranked if candidate.test)
    return [Tested(name=name, made=made[name], held=held[name]) for name in sorted(made)]


def _statistics(candidate: Candidate, q: float) -> Statistics | None:
    test = candidate.test
    if test is None:
        return None
    return Statistics(
        test=test.name, statistic=test.statistic, p_value=test.p_value, q_value=q, n=test.n
    )


def _insight(
    key: str, candidate: Candidate, story: Story, score: float, values: dict[str, str]
) -> Insight:
    too_long = len(words(render(story.headline, values))) > MAX_TITLE_WORDS
    headline = story.short if story.short and too_long else story.headline
    told = [headline, *_texts(story)]
    used = dict.fromkeys(name for text in told for name in references(text) if name.startswith("f"))
    return Insight(
        id=key,
        kind=candidate.kind,
        subject=candidate.subject,
        headline=headline,
        takeaways=story.takeaways,
        meaning=story.meaning,
        chart=story.chart,
        kpis=story.kpis,
        method=story.method,
        recommendation=story.recommendation,
        fact_ids=list(used),
        columns=list(candidate.columns),
        score=score,
    )


def _texts(story: Story) -> list[Text]:
    """Every text of a story but its headline."""
    texts = [*story.takeaways, story.meaning, story.recommendation, story.method]
    texts += [text for kpi in story.kpis for text in (kpi.label, kpi.value, kpi.change)]
    return texts + ([story.chart.title, story.chart.alt] if story.chart else [])
