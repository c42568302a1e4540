"""The warnings of a completed job: the questions that its deck leaves open, and those of its table."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from deckgen.domain.documents import BaseDocument
from deckgen.domain.language.choosing import not_written

MAX_WARNINGS, MAX_QUESTION, MAX_MESSAGE = 50, 120, 600


class WarningCode(StrEnum):
    ANSWERED_IN_PART = "question_answered_in_part"
    TABLE_LACKS = "question_table_lacks"
    NOT_DONE = "question_not_done"
    OF_TABLE = "table_warning"
    LANGUAGE = "language_not_written"


# The code of a question by its end, and what is said of it: one that is answered needs no warning.
OPEN_ENDS = {
    "answered_in_part": (WarningCode.ANSWERED_IN_PART, "is answered in part"),
    "table_lacks": (WarningCode.TABLE_LACKS, "is not answered"),
    "not_done": (WarningCode.NOT_DONE, "is not answered"),
}


class JobWarning(BaseDocument):
    """What whoever reads the deck should know; `code` is stable, and newer versions may have more."""

    code: str = Field(description=", ".join(WarningCode))
    message: str


def warnings_of(deck: Any) -> list[JobWarning]:
    """Returns the warnings of a deck as JSON: its language's, its questions' in their order, and then
    its table's.
    """
    wanted = deck.get("languageWanted", "")
    of_language = [JobWarning(code=WarningCode.LANGUAGE, message=not_written(wanted))] if wanted else []
    questions = [_of_question(question) for question in deck.get("questions", [])]
    of_table = [
        JobWarning(code=WarningCode.OF_TABLE, message=_cut(warning, MAX_MESSAGE))
        for warning in (deck.get("source") or {}).get("warnings", [])
    ]
    return [*of_language, *(warning for warning in questions if warning), *of_table][:MAX_WARNINGS]


def _of_question(question: Any) -> JobWarning | None:
    if question["end"] not in OPEN_ENDS:
        return None
    code, said = OPEN_ENDS[question["end"]]
    reason = question.get("reason", "").rstrip(".")
    message = f"“{_cut(question['question'], MAX_QUESTION)}” {said}{': ' if reason else ''}{reason}."
    return JobWarning(code=code, message=_cut(message, MAX_MESSAGE))


def _cut(text: str, most: int) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else f"{one_line[: most - 1].rstrip()}…"
