"""Questions about small tables, and what the answers say."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deckgen.domain.answers import Answer
from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.domain.decks import reference_values
from deckgen.domain.facts import Fact, References, render
from deckgen.domain.step_contract import DatasetInfo
from deckgen.orchestrator.analyst.answers.overview import answers_of
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.facts.fact_book import FactBook
from deckgen.orchestrator.analyst.ingestion.table import open_table
from deckgen.orchestrator.analyst.profiling.profile import profile_of
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.table_model import model_of
from tests.unit.orchestrator.analyst.engine import as_csv


@dataclass(frozen=True)
class Said:
    """The answers to a brief, with ways to read them."""

    answers: list[Answer]
    facts: list[Fact]
    source: Source
    values: References

    @property
    def answer(self) -> Answer:
        """The answer to the one question of the brief."""
        (answer,) = self.answers
        return answer

    @property
    def operation(self) -> str:
        assert self.answer.plan, self.answer
        return self.answer.plan.operation

    @property
    def headline(self) -> str:
        return self.say(self.answer.headline)

    @property
    def points(self) -> list[str]:
        return [self.say(point) for point in self.answer.points]

    def say(self, text: str) -> str:
        return render(text, self.values)


def ask(
    folder: Path,
    header: str,
    rows: Sequence[Iterable[object]],
    question: str,
    *,
    locale: str = "en_US",
    language: str | None = "en",
    **fields: object,
) -> Said:
    """Ask about rows under a header, which is names with commas; `fields` are more of the brief.

    A question in any language is answered in English, unless another `language` is asked for, or None:
    then it is the question's own.
    """
    brief = Brief.model_validate(
        {"business_context": question, "locale": locale, "language": language, **fields}
    )
    with opened(folder, header, rows, brief) as (table, execute):
        answers = answers_of(table, execute).answers
    facts, source = execute.book.facts, table.source
    return Said(answers, facts, source, reference_values(brief, source, facts))


@contextmanager
def opened(
    folder: Path, header: str, rows: Sequence[Iterable[object]], brief: Brief
) -> Iterator[tuple[Table, Executor]]:
    """Open a table of these rows for the questions of a brief."""
    path = folder / "data.csv"
    path.write_text(as_csv([header.split(","), *rows]))
    with open_table(path, brief.table, once=True) as data:
        info = DatasetInfo(name="data.csv", sha256="", bytes=path.stat().st_size)
        source = profile_of(data, info, brief)
        table = Table(data, source, model_of(data, source, "data.csv", brief=brief), brief)
        book = FactBook(data, brief.locale, table.language)
        yield table, Executor(data, source, table.model, table.timeline, book)
