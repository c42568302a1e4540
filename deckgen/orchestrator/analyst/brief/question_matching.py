"""What a question is about, and whether an insight answers it."""

from collections.abc import Collection
from dataclasses import dataclass

from deckgen.domain.datasets import Role, Source
from deckgen.domain.insights import InsightKind, Question
from deckgen.orchestrator.analyst.brief.questions import ABOUT_GROUPS, QuestionKind, answers, kind_of


@dataclass(frozen=True)
class Subject:
    """The measures and the groups that a question names, the kinds of insights that answer it, and what
    the questions before it name: "which region leads" may be asked of the revenue of the one before.
    """

    kind: QuestionKind
    kinds: tuple[InsightKind, ...]
    measures: frozenset[int]
    groups: frozenset[int]
    before: frozenset[int]

    @classmethod
    def of(cls, question: Question, source: Source, *, names_a_period: bool) -> "Subject":
        measures = frozenset(n for n in question.named if source.columns[n].role is Role.MEASURE)
        groups = frozenset(question.named) - measures
        compares = bool(groups - frozenset(question.by_group))
        kinds = answers(question.text, of_groups=compares, of_a_period=names_a_period)
        return cls(kind_of(question.text), kinds, measures, groups, frozenset(question.named_before))

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

    def directness(self, kind: InsightKind, columns: Collection[int]) -> tuple[int, int, int]:
        """To sort by, the most direct answer last: what covers more, of the question, then of what was
        named before it, then the kind that fits best.
        """
        return self.covers(columns), len(self.before & set(columns)), -self.kinds.index(kind)
