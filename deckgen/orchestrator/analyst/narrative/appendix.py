"""The appendix: what each column was taken for and why; what the data lack; how it was tested."""

from deckgen.domain.datasets import Column, Role, Source
from deckgen.domain.decks import Block, Bullets, Layout, Slide, Table, TableColumn
from deckgen.domain.findings import Findings, Tested
from deckgen.domain.formatting.display import COUNT, PERCENT, TEXT
from deckgen.domain.questions import End
from deckgen.orchestrator.analyst.planning.describing import described
from deckgen.orchestrator.analyst.sql import quoting

MAX_COLUMNS, MAX_MISSING, MAX_QUESTIONS = 12, 6, 8
_ENDS = {
    End.ANSWERED: "answered",
    End.IN_PART: "answered in part",
    End.LACKS: "not answered",
    End.NOT_DONE: "not answered",
}
_ROLES = {
    Role.MEASURE: "measure",
    Role.DIMENSION: "groups",
    Role.GEOGRAPHY: "places",
    Role.TIME: "time",
    Role.ID: "identifier",
    Role.TEXT: "not analysed",
}
_ASKS = {
    "Mann-Kendall": "Does it go one way over time?",
    "Mann-Kendall on both sides": "Did it turn?",
    "Pisarenko-Sornette": "Is one period far off, beside the others?",
    "Wilcoxon": "Do two periods differ, part by part?",
    "Chi-square": "Are groups, hours or weekdays unlike?",
    "Chi-square of sums": "Do groups share a total unequally?",
    "F of breaks": "Did its level or its direction change?",
    "Kruskal-Wallis": "Do groups, months or weekdays differ?",
    "Spearman": "Do two columns move together?",
}


def appendix(source: Source, findings: Findings, *, with_method: bool) -> list[Slide]:
    """How columns were read, how questions were understood, and if there is room data quality and
    method.
    """
    asked = [_questions(source, findings)] if findings.answers else []
    return [_reading(source), *asked, *([_quality(source, findings)] if with_method else [])]


def _questions(source: Source, findings: Findings) -> Slide:
    labels = {column.name: column.label for column in source.columns}
    rows = [
        [
            answer.question,
            described(answer.plan, labels) if answer.plan else "",
            f"{_ENDS[answer.end]}{': ' if answer.reason else ''}{answer.reason}",
        ]
        for answer in findings.answers[:MAX_QUESTIONS]
    ]
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title="How each question was understood and how it ended",
        blocks=[_text_table("Questions", ("Question", "Understood as", "End"), rows)],
        notes="A plan says what was computed: the operation, its measures and groups, and which rows "
        "count. The deck's JSON has each plan whole.",
        source_line="Source: {{source}}",
    )


def _reading(source: Source) -> Slide:
    more = " Further columns were read in the same way." if len(source.columns) > MAX_COLUMNS else ""
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title="How the data were read and what was made of each column",
        blocks=[_columns(source), *_notices(source)],
        notes="Sums are taken only of what adds up; prices, rates and temperatures are averaged, "
        "levels are never summed over time. Findings that were tested hold after "
        "correction for the number of tests." + more,
        source_line="Source: {{source}}",
    )


def _columns(source: Source) -> Table:
    first = "The first columns" if len(source.columns) > MAX_COLUMNS else "Columns"
    return _text_table(
        f"{first} and how they were read",
        ("Column", "Read as", "Because"),
        [[column.label, _said(column), column.reason] for column in source.columns[:MAX_COLUMNS]],
    )


def _notices(source: Source) -> list[Table]:
    if not source.warnings:
        return []
    rows = [[warning] for warning in source.warnings[:MAX_COLUMNS]]
    return [_text_table("What was noticed on reading", ("Notice",), rows)]


def _said(column: Column) -> str:
    more = ", ".join(part for part in (column.additivity, column.symbol) if part)
    return _ROLES[column.role] + (f" ({more})" if more else "")


def _quality(source: Source, findings: Findings) -> Slide:
    blocks: list[Block] = [*_missing(source), *_tests(findings.tests)]
    limits = [Bullets(items=findings.limits)] if findings.limits else []
    return Slide(
        id="appendix",
        layout=Layout.APPENDIX,
        title="What the data lack, and how the findings were tested",
        blocks=[*blocks, *limits],
        notes="Cells that are missing are left out of sums and means. What is only described (shares, "
        "ranks, changes) is not tested. What claims more is, and holds if a false discovery rate of "
        "five percent is kept over all tests of the deck (Benjamini and Hochberg) and the effect is "
        "large enough to matter.",
        source_line="Source: {{source}}",
    )


def _missing(source: Source) -> list[Table]:
    """The columns with most gaps, by a query that anyone can run again."""
    gaps = [column for column in source.columns if column.missing]
    gaps = sorted(gaps, key=lambda column: -column.missing)[:MAX_MISSING]
    if not gaps:
        return [_text_table("Missing values", ("Finding",), [["No value is missing in any column"]])]
    return [
        Table(
            title="Missing values, most first",
            sql=_missing_sql(gaps),
            columns=[
                TableColumn(label=label, unit=unit)
                for label, unit in (("Column", TEXT), ("Missing", COUNT), ("Share of rows", PERCENT))
            ],
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


def _tests(tests: list[Tested]) -> list[Table]:
    if not tests:
        return []
    rows = [[test.name, _ASKS.get(test.name, ""), _outcome(test)] for test in tests]
    return [_text_table("Tests, after correction for all of them", ("Test", "Asks", "Held"), rows)]


def _outcome(test: Tested) -> str:
    """How many held, in a word: the number of tests is no number about the data."""
    if test.held in (0, test.made):
        return "all" if test.held else "none"
    return "most" if test.held * 2 > test.made else "some"


def _text_table(title: str, labels: tuple[str, ...], rows: list[list[str]]) -> Table:
    return Table(
        title=title,
        columns=[TableColumn(label=label, unit=TEXT) for label in labels],
        rows=[[*row] for row in rows],
    )
