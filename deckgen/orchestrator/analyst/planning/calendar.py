"""Which groups of the calendar a table allows for: hours of the day, weekdays, months of the year."""

from deckgen.domain.datasets import Role
from deckgen.domain.formatting.display import Grain
from deckgen.domain.plans import By, Group
from deckgen.domain.table_models import ColumnModel
from deckgen.orchestrator.analyst.lexicon import calendar_words as of
from deckgen.orchestrator.analyst.lexicon.column_names import read_name
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.profiling.timeline import GRAINS
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.sql import quoting

MOST_MINUTES, LAST_CLOCK = 59, 2_400
TELLING = 12  # different numbers, from which it is no accident that none ends in more than 59
TWO_YEARS, FOUR_WEEKS = 700, 28  # days: a cycle has to be seen more than once
SHORT = ("day", "week", "month")
CUES = {Cue.TIME_OF_DAY: By.HOUR, Cue.WEEKDAY: By.WEEKDAY, Cue.TIME_OF_YEAR: By.MONTH}


def groups_of(question: Question, table: Table) -> list[Group]:
    """Returns the groups of the calendar that a question asks for, or all that the table allows for."""
    asked = [by for cue, by in CUES.items() if question.has(cue)] or list(CUES.values())
    return [group for by in asked for group in _group(by, question, table)]


def _group(by: By, question: Question, table: Table) -> list[Group]:
    if by is By.HOUR:
        named = sorted(clocks_of(table), key=lambda each: -question.words.fit(table.words_of(each)))
        return [Group(column=name, by=by) for name in named[:1]]
    axis = table.timeline
    if axis is None:
        return []
    grain: Grain
    days = (axis.last - axis.first).days + 1
    column = table.model.columns[axis.column].name
    if by is By.WEEKDAY:
        fits, grain = axis.grain == "day" and days >= FOUR_WEEKS, "day"
    else:
        fits, grain = axis.grain in SHORT and days >= TWO_YEARS, "month"
    if fits:
        return [Group(column=column, by=by)]
    return _once(column, axis.grain, grain) if question.has(*CUES) else []


def _once(column: str, finest: Grain, grain: Grain) -> list[Group]:
    """Returns the periods themselves, where there are too few of them to come round."""
    if GRAINS.index(finest) > GRAINS.index(grain):
        return []
    return [Group(column=column, by=By.PERIOD, grain=grain)]


def clocks_of(table: Table) -> list[str]:
    """Returns the columns that tell the time of day, the time axis first."""
    columns = table.model.columns
    axis = columns[table.timeline.column].name if table.timeline else ""
    found = [each.name for each in columns if _is_clock(each, table)]
    return sorted(found, key=lambda name: name != axis)


def _is_clock(column: ColumnModel, table: Table) -> bool:
    if column.type in ("TIME", "TIMESTAMP"):
        return column.distinct > 1 and _has_times(column, table)
    words = {plain(word) for word in read_name(column.name).words}
    named = bool(words & of.CLOCK) and not words & of.LASTING
    if column.type != "BIGINT" or not named or column.role not in (Role.MEASURE, Role.DIMENSION):
        return False
    return column.distinct >= TELLING and _holds_clocks(column.name, table)


def _has_times(column: ColumnModel, table: Table) -> bool:
    """True unless all times are the same one, such as midnight."""
    hour = f"hour({quoting.name(column.name)})"
    (hours,) = table.data.one(f"SELECT count(DISTINCT {hour}) FROM data")
    return int(hours) > 1


def _holds_clocks(name: str, table: Table) -> bool:
    """True if all numbers can be read as a time of day, as 1845 can."""
    number = quoting.name(name)
    lowest, highest, minutes = table.data.one(
        f"SELECT min({number}), max({number}), max({number} % 100) FROM data"
    )
    return bool(lowest >= 0 and 100 < highest <= LAST_CLOCK and minutes <= MOST_MINUTES)
