"""Reading a brief: each of its questions with slots, out of its words and what the table offers."""

import re
from dataclasses import dataclass, field

from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.plans import Condition, Distinct, Ratio, Rows, Span
from deckgen.orchestrator.analyst.brief.period_mentions import named_in
from deckgen.orchestrator.analyst.lexicon import unit_words
from deckgen.orchestrator.analyst.lexicon.questions import Cue, cues_of
from deckgen.orchestrator.analyst.measures.counts import UNTOLD
from deckgen.orchestrator.analyst.measures.offered import Concept, Offered, named
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.questions import happened, part_of, summing
from deckgen.orchestrator.analyst.questions.filters import filters_of
from deckgen.orchestrator.analyst.questions.for_each import PHRASED, each_in
from deckgen.orchestrator.analyst.questions.periods import EVERY_PERIOD, spans_of, stretch_of
from deckgen.orchestrator.analyst.questions.splitting import questions_of
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import PARTLY, SAID, WORD, Words, fits

FITTING, OTHERWISE = 1.3, 0.7  # for the years in a name
SHORT_YEAR = re.compile(r"(?<![\d.,])\d\d(?![\d.,%])")
PER_MANY = re.compile(r"(?:^|[\s_.(])(?:per|pro|je)[\s_.]*\d|\brate\b|quote\b", re.IGNORECASE)
_ONLY_WHY = re.compile(r"\W*(?:why|warum|wieso|weshalb)(?: (?:so|is that|das))?\W*", re.IGNORECASE)
SHIFT = frozenset({"shift", "schicht"})  # of workers, where a column is called so
EACH_ROW = 0.9  # of the rows, from which on a name is that of each
RATED = 0.6  # for a rate where a rate is asked for, and for what is asked per order or the like

# What asks for a movement compares two periods; other questions are about all of the time between them.
MOVES = frozenset({
    Cue.UP, Cue.DOWN, Cue.DEVELOP, Cue.COMPARE, Cue.PREVIOUS, Cue.DIFFERENCE_MADE, Cue.CONTRIBUTE,
    Cue.DIFFER, Cue.SHIFT, Cue.CAUSE, Cue.YEARLY,
})  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One question with its slots, in words of the table. `before` is the question before it."""

    text: str
    cues: dict[Cue, int]
    measures: list[tuple[float, Offered]]  # that its words fit, best first
    groups: list[tuple[float, Dimension]]
    filters: list[Condition]
    periods: list[Span]
    before: "Question | None" = None
    names_time: bool = False  # a period, whether or not the table has rows in it
    words: Words = field(default_factory=lambda: Words(""))

    def has(self, *cues: Cue) -> bool:
        """True if it has one of the cues."""
        return any(cue in self.cues for cue in cues)

    @property
    def measure(self) -> Offered | None:
        """The measure that its words fit best, if any."""
        return self.measures[0][1] if self.measures else None

    @property
    def only_asks_why(self) -> bool:
        """True if it says no more than that, so that it is about the question before it."""
        return _ONLY_WHY.fullmatch(self.text) is not None

    @property
    def group(self) -> Dimension | None:
        """The dimension that its words fit best, if any."""
        return self.groups[0][1] if self.groups else None

    def of(self, *concepts: Concept) -> Offered | None:
        """Returns the best named measure of one of the concepts."""
        return next((each for _, each in self.measures if each.concept in concepts), None)


def read(brief: str, locale: str, table: Table) -> list[Question]:
    """Returns the questions of a brief in their order; a brief without any is one question."""
    found: list[Question] = []
    for text in questions_of(brief):
        found.append(_read(text, locale, table, found[-1] if found else None))
    return found


def read_one(text: str, locale: str, table: Table) -> Question:
    """Returns a text as one question, whatever it says."""
    return _read(text, locale, table, None)


def _read(text: str, locale: str, table: Table, before: Question | None) -> Question:
    words, named_periods = Words(unit_words.as_columns_say(text)), named_in(text, locale)
    mentions, cues = table.mentions.within(text), cues_of(text)
    spans, filters = spans_of(named_periods, table), filters_of(words, table, mentions)
    if before is not None and _ONLY_WHY.fullmatch(text):
        filters = before.filters
    measures = _measures(words, cues, filters, table)
    groups = _telling(_groups(words, table), measures, table)
    if outcome := happened.condition_of(words, cues, measures):
        filters = [*filters, outcome]
        measures = [each for each in measures if outcome.column not in each[1].columns]
        groups = [each for each in groups if table.group(each[1]).column != outcome.column]
        cues = {cue: place for cue, place in cues.items() if cue not in happened.SAYS_SO}
    if Cue.SHIFT in cues and any(
        SHIFT & table.words_of(table.group(each).column) for _, each in groups
    ):
        cues = {cue: place for cue, place in cues.items() if cue is not Cue.SHIFT}
    return Question(
        text=text,
        cues=cues,
        measures=measures,
        groups=groups,
        filters=filters,
        periods=spans if MOVES & set(cues) else stretch_of(text, named_periods, spans, table),
        before=before,
        names_time=bool(named_periods) or EVERY_PERIOD.search(text) is not None,
        words=words,
    )


def _said(filters: list[Condition]) -> list[str]:
    """Returns the names of the groups."""
    return [str(value) for each in filters for value in each.values]


def _measures(
    words: Words, cues: dict[Cue, int], filters: list[Condition], table: Table
) -> list[tuple[float, Offered]]:
    """Returns the measures whose names the words fit, those that fit best first.

    Things are counted only where their number is asked for, and rows rather there. The name of a group
    names no measure but its own share: hurricanes are no hurricane force.
    """
    counting = Cue.MANY in cues or Cue.RETURN in cues
    others, limited = words.without(_said(filters)), {each.column for each in filters}
    fitting = [
        (
            _fit(words if limited & set(offered.columns) else others, offered)
            * _of_kind(offered, cues, words),
            offered,
        )
        for offered in table.offered
        if (counting or not isinstance(offered.measured.measure, Distinct))
        and not _is_only_time(words, offered)
        and not _is_only_kind(words, offered)
        and not any(words.shares_out(phrase) for phrase in offered.phrases)
    ]
    known = [(fit, offered) for fit, offered in fitting if fit > 0]
    known += each_in(words, known, table)
    known += part_of.shares_in(words, known, table)
    ranked = sorted(
        known, key=lambda each: (-each[0], not _is_asked_number(words, each[1]), -each[1].weight)
    )
    as_asked = summing.on_average if Cue.AVERAGE in cues else summing.in_total
    ranked = as_asked(words, ranked, table)
    return happened.counted_first(ranked) if Cue.MANY in cues else ranked


def _is_asked_number(words: Words, offered: Offered) -> bool:
    """True if a question asks how many there are of what a measure counts."""
    number = words.number_of
    return number is not None and any(fits(number, names) for names in offered.names)


def _is_only_time(words: Words, offered: Offered) -> bool:
    """True for a number of days or years that nobody asks for: “per year” and “on which days” name
    times.
    """
    is_time = isinstance(offered.measured.measure, Rows) and offered.counts in UNTOLD
    return is_time and not words.counts(offered.measured.label)


def _is_only_kind(words: Words, offered: Offered) -> bool:
    """True for the number of kinds of what is counted itself: types of breaches are no breaches."""
    is_number = isinstance(offered.measured.measure, Distinct)
    return is_number and any(words.counts_only(name) for name in offered.columns)


def _fit(words: Words, offered: Offered) -> float:
    fit = max(words.fit(names, needs_all=offered.needs_all) for names in offered.names)
    if said := [phrase for phrase in offered.phrases if words.has_phrase(phrase)]:
        fit = max(fit, PHRASED, *(SAID * len(WORD.findall(phrase)) for phrase in said))
    if fit and words.asks_rate and _is_rate(offered):
        fit += RATED
    fit *= _of_years(words, offered)
    return fit + RATED if fit and words.per and _is_for_each(words.per, offered) else fit


def _is_for_each(thing: str, offered: Offered) -> bool:
    """True of what is told for each of a thing: a quotient by it, an average of rows that are such."""
    if isinstance(offered.measured.measure, Ratio) and offered.concept is not Concept.OUTCOME:
        return fits(thing, named(offered.columns[-1]))
    return offered.concept is Concept.AVERAGE and any(fits(thing, each) for each in offered.names)


def _is_rate(offered: Offered) -> bool:
    """True for a share, and for what a column holds per so many: divorces per 1,000."""
    per = any(PER_MANY.search(name) for name in offered.columns) and not offered.measured.adds_up
    return per or offered.measured.unit.format is ValueFormat.PERCENT


def _of_years(words: Words, offered: Offered) -> float:
    """Returns how well the years in a name fit those of a question: 85_99 is from 1985 to 1999."""
    told = {each for name in offered.columns for each in SHORT_YEAR.findall(name)}
    if not told or not words.short_years:
        return 1.0
    return FITTING if told <= words.short_years else OTHERWISE


def _of_kind(offered: Offered, cues: dict[Cue, int], words: Words) -> float:
    """Returns how likely a question means a measure of this concept, by its cues."""
    if offered.concept is Concept.COUNT and Cue.MANY not in cues and not has_most(words, offered):
        return 0.5
    if offered.concept is Concept.PROFIT and Cue.PROFIT in cues:
        return 2.0  # what is earned is what is left
    return 1.3 if offered.concept is Concept.AVERAGE and Cue.AVERAGE in cues else 1.0


def _telling(
    groups: list[tuple[float, Dimension]], measures: list[tuple[float, Offered]], table: Table
) -> list[tuple[float, Dimension]]:
    """Returns the groups without those whose things the measure is for each of, and without those that
    are only meant by a word where others are named.
    """
    measure = measures[0][1].measured.measure if measures else None
    each = (
        measure.per.column if isinstance(measure, Ratio) and isinstance(measure.per, Distinct) else ""
    )
    sure = any(fit >= SAID for fit, _ in groups)
    return [
        (fit, dimension)
        for fit, dimension in groups
        if table.group(dimension).column != each and (fit >= PARTLY or not sure)
    ]


def has_most(words: Words, offered: Offered) -> bool:
    """True if a text asks who has the most, or the fewest, of what is counted."""
    return words.most is not None and any(fits(words.most, names) for names in offered.names)


def _is_counted(words: Words, dimension: Dimension, table: Table) -> bool:
    """True if a column names each row, and a question asks who has most of these: most homes."""
    is_of_rows = dimension.groups >= EACH_ROW * table.model.rows
    return is_of_rows and words.most is not None and fits(words.most, named(dimension.label))


def _groups(words: Words, table: Table) -> list[tuple[float, Dimension]]:
    """Returns the dimensions that are named; by one of their groups they are filters."""
    found = []
    for dimension in table.dimensions:
        column = table.model.columns[dimension.index]
        own = words.fit(named(column.label))
        # What people call any place counts less than a name that is meant.
        fit = own or min(PARTLY, words.fit(table.words_of(column.name)))
        if fit > 0 and not words.counts_only(column.label) and not _is_counted(words, dimension, table):
            is_chosen = words.which is not None and fits(words.which, named(column.label))
            found.append((fit + is_chosen, dimension))
    return sorted(found, key=lambda each: (-each[0], each[1].index))
