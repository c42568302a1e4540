"""What a question is about, and whether an insight answers it."""

from collections.abc import Collection
from dataclasses import dataclass

from deckgen.domain.datasets import Role, Source
from deckgen.domain.insights import InsightKind
from deckgen.orchestrator.analyst.questions import ABOUT_GROUPS, QuestionKind, answers, kind_of


@dataclass(frozen=True)
class Subject:
    """The measures and the groups that a question names, and the kinds of insights that answer it."""

    kind: QuestionKind
    kinds: tuple[InsightKind, ...]
    measures: frozenset[int]
    groups: frozenset[int]

    @classmethod
    def of(
        cls,
        question: str,
        source: Source,
        named: Collection[int],
        by_group: Collection[int],
        *,
        names_a_period: bool,
    ) -> "Subject":
        """`named` are the columns that the question names, some of them only `by_group`."""
        measures = frozenset(n for n in named if source.columns[n].role is Role.MEASURE)
        groups = frozenset(named) - measures
        compares = bool(groups - frozenset(by_group))
        kinds = answers(question, of_groups=compares, of_a_period=names_a_period)
        return cls(kind_of(question), kinds, measures, groups)

    def fits(self, kind: InsightKind, columns: Collection[int]) -> bool:
        """Whether it is of a kind that answers, about a measure and about groups that are named."""
        if kind not in self.kinds:
            return False
        if self.kind is QuestionKind.RELATION:  # asks for both of its columns
            return self.covers(columns) >= min(len(self.measures | self.groups), 2)
        measured = not self.measures or bool(self.measures & set(columns))
        grouped = not self.groups or bool(self.groups & set(columns)) or kind not in ABOUT_GROUPS
        return measured and grouped

    def covers(self, columns: Collection[int]) -> int:
        """How many of the named columns it is about."""
        return len((self.measures | self.groups) & set(columns))

    def nearness(self, columns: Collection[int]) -> int:
        """How near it comes without an answer: by named measures, or groups if no measure is named."""
        return len((self.measures or self.groups) & set(columns))

    def directness(self, kind: InsightKind, columns: Collection[int]) -> tuple[int, int]:
        """To sort by, the most direct answer last: what covers more, then the kind that fits best."""
        return self.covers(columns), -self.kinds.index(kind)
