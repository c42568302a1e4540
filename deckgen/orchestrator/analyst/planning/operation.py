"""What an operation is: when it is asked for, how its plan is made, and how the plan is run."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from deckgen.domain.plans import Plan
from deckgen.orchestrator.analyst.execution.executor import Executor
from deckgen.orchestrator.analyst.execution.results import Lacking, Result
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table

# How well a question fits an operation: its own phrase, its usual words, or only its form.
PHRASE, WORDS, FORM, NOT = 3.0, 2.0, 1.0, 0.0


class Looks(Enum):
    """What a scan has an operation look at, where nobody asked."""

    NOWHERE = auto()
    ONCE = auto()  # at the table
    MEASURES = auto()  # at each measure that matters
    GROUPS = auto()  # at each of them by its groups


def _always(plan: Plan, table: Table) -> bool:
    return True


@dataclass(frozen=True)
class Operation:
    """One thing that deckgen can do, a room of analyst/operations.

    `asks` says how well a question fits: the operation that fits best answers. `plan` fills its slots,
    or says what the table lacks; `run` depends on plan and table alone. `looks` says what a
    scan has it look at: what it finds is told if it is news; what `may_be_news` rules out is not run.
    """

    asks: Callable[[Question, Table], float]
    plan: Callable[[Question, Table], Plan | Lacking]
    run: Callable[[Plan, Executor], Result | Lacking]
    looks: Looks = Looks.NOWHERE
    may_be_news: Callable[[Plan, Table], bool] = _always
