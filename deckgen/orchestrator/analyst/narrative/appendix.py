"""The appendix: what each column was taken for and why; what the data lack; how it was tested."""

import re
from collections.abc import Callable

from deckgen.domain.answers import Answer
from deckgen.domain.blocks import Block, Bullets, Table, TableColumn
from deckgen.domain.datasets import Column, Source
from deckgen.domain.decks import Layout, Slide
from deckgen.domain.findings import Findings, Tested
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.domain.language.phrasebook import Language
from deckgen.orchestrator.analyst.planning.describing import described
from deckgen.orchestrator.analyst.sql import quoting

MAX_COLUMNS, MAX_MISSING, MAX_QUESTIONS = 12, 6, 8
MOST_TOGETHER = 13  # lines of a slide of the appendix
QUESTIONS = (
    "appendix.questions.question",
    "appendix.questions.understood",
    "appendix.questions.end",
)
COLUMNS = ("appendix.column", "appendix.read_as", "appendix.because")
GAPS = (
    ("appendix.column", TEXT),
    ("appendix.missing.count", COUNT),
    ("appendix.missing.share", PERCENT),
)
TESTS = ("appendix.test", "appendix.asks", "appendix.held")
Says = Callable[..., str]


def appendix(
    source: Source, findings: Findings, language: Language, *, with_method: bool
) -> list[Slide]:
    """How columns were read, how questions were understood, and if there is room data quality and
    method.
    """
    asked = [_questions(source, findings, language)] if findings.answers else []
    quality = [_quality(source, findings, language)] if with_method else []
    slides = [*asked, *quality]
    if len(findings.answers) > 1:
        slides = _together(slides, language)
    return [_reading(source, language), *slides]


def _together(slides: list[Slide], language: Language) -> list[Slide]:
    """Returns slides, or one of both if they have little to say."""
    if len(slides) < 2 or sum(map(_lines, slides)) > MOST_TOGETHER:
        return slides
    questions, quality = slides
    both = {
        "title": language.say("appendix.both.title"),
        "blocks": [*questions.blocks, *quality.blocks],
        "notes": f"{questions.notes}\n\n{quality.notes}",
    }
    return [questions.model_copy(update=both)]


def _lines(slide: Slide) -> int:
    """Returns how many lines a slide has, with the titles and heads of its tables."""
    tables = [block for block in slide.blocks if isinstance(block, Table)]
    return len(slide.points) + sum(len(table.rows) + 2 for table in tables)


def _questions(source: Source, findings: Findings, language: Language) -> Slide:
    says = language.say
    labels = {column.name: column.label for column in source.columns}
    rows = [
        [
            answer.question,
            described(answer.plan, labels, language) if answer.plan else "",
            _ended(answer, says),
        ]
        for answer in findings.answers[:MAX_QUESTIONS]
    ]
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title=says("appendix.questions.title"),
        blocks=[_text_table("appendix.questions.table", QUESTIONS, rows, says)],
        notes=says("appendix.questions.notes"),
        source_line=says("source.line", name="{{source}}"),
    )


def _ended(answer: Answer, says: Says) -> str:
    end = says(f"end.{answer.end}")
    return says("end.because", end=end, reason=answer.reason) if answer.reason else end


def _reading(source: Source, language: Language) -> Slide:
    says = language.say
    notes = says("appendix.reading.notes")
    if len(source.columns) > MAX_COLUMNS:
        notes = f"{notes} {says('appendix.reading.more')}"
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title=says("appendix.reading.title"),
        blocks=[_columns(source, language), *_notices(source, language)],
        notes=notes,
        source_line=says("source.line", name="{{source}}"),
    )


def _columns(source: Source, language: Language) -> Table:
    first = "appendix.columns.first" if len(source.columns) > MAX_COLUMNS else "appendix.columns"
    shown = source.columns[:MAX_COLUMNS]
    rows = [
        [column.label, _said(column, language.say), language.reading.of(column.reason)]
        for column in shown
    ]
    return _text_table(first, COLUMNS, rows, language.say)


def _notices(source: Source, language: Language) -> list[Table]:
    if not source.warnings:
        return []
    rows = [[language.reading.of(warning)] for warning in source.warnings[:MAX_COLUMNS]]
    return [_text_table("appendix.notices", ("appendix.notice",), rows, language.say)]


def _said(column: Column, says: Says) -> str:
    adds_up = says(f"additivity.{column.additivity}") if column.additivity else ""
    more = ", ".join(part for part in (adds_up, column.symbol) if part)
    return says(f"role.{column.role}") + (f" ({more})" if more else "")


def _quality(source: Source, findings: Findings, language: Language) -> Slide:
    says = language.say
    blocks: list[Block] = [*_missing(source, says), *_tests(findings.tests, language)]
    limits = [Bullets(items=findings.limits)] if findings.limits else []
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title=says("appendix.quality.title"),
        blocks=[*blocks, *limits],
        notes=says("appendix.quality.notes"),
        source_line=says("source.line", name="{{source}}"),
    )


def _missing(source: Source, says: Says) -> list[Table]:
    """The columns with most gaps, by a query that anyone can run again."""
    gaps = [column for column in source.columns if column.missing]
    gaps = sorted(gaps, key=lambda column: -column.missing)[:MAX_MISSING]
    if not gaps:
        rows = [[says("appendix.no_gaps")]]
        return [_text_table("appendix.missing.none", ("appendix.finding",), rows, says)]
    return [
        Table(
            title=says("appendix.missing"),
            sql=_missing_sql(gaps),
            columns=[TableColumn(label=says(label), unit=unit) for label, unit in GAPS],
            rows=[[column.label, column.missing, column.missing / source.rows] for column in gaps],
        )
    ]


def _missing_sql(columns: list[Column]) -> str:
    counted = " UNION ALL ".join(
        f"SELECT {place} AS k, {quoting.literal(column.label)} AS g, "
        f"count(*) - count({quoting.name(column.name)}) AS n, count(*) AS rows FROM data"
        for place, column in enumerate(columns)
    )
    return f"SELECT g, n, n / rows FROM ({counted}) ORDER BY k"


def _tests(tests: list[Tested], language: Language) -> list[Table]:
    if not tests:
        return []
    rows = [
        [language.nouns.of(test.name), language.known(_asks(test), ""), language.say(_outcome(test))]
        for test in tests
    ]
    return [_text_table("appendix.tests", TESTS, rows, language.say)]


def _asks(test: Tested) -> str:
    """Returns the key of what a test asks, which is made of its name."""
    return f"asks.{re.sub('[ -]', '_', test.name.lower())}"


def _outcome(test: Tested) -> str:
    """How many held, in a word: the number of tests is no number about the data."""
    if test.held in (0, test.made):
        return "held.all" if test.held else "held.none"
    return "held.most" if test.held * 2 > test.made else "held.some"


def _text_table(title: str, labels: tuple[str, ...], rows: list[list[str]], says: Says) -> Table:
    return Table(
        title=says(title),
        columns=[TableColumn(label=says(label), unit=TEXT) for label in labels],
        rows=[[*row] for row in rows],
    )
