"""What stays open of a question, since the table does not have it: all of it, or a part."""

import re
from dataclasses import dataclass

from deckgen.domain.language.phrasebook import Language
from deckgen.domain.plans import Plan, Rows
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.lexicon.ratio_words import COST, PROFIT, REVENUE
from deckgen.orchestrator.analyst.measures.counts import UNTOLD
from deckgen.orchestrator.analyst.measures.offered import named
from deckgen.orchestrator.analyst.planning import common_meanings, profits, slots
from deckgen.orchestrator.analyst.profiling.stemming import stem
from deckgen.orchestrator.analyst.questions import kinds, periods
from deckgen.orchestrator.analyst.questions.knowing import Known, is_telling
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.splitting import is_task
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.unknown import Chunk, Names, Place, names_in
from deckgen.orchestrator.analyst.questions.vocabulary import GENERIC, fits

ABOUT = (Place.ASKED, Place.SUBJECT, Place.BESIDE)
BY_GROUP = frozenset({"ranking", "cross", "growth", "contribution"})
PLAIN = frozenset({
    "level", "ranking", "growth", "change", "development", "relation", "season", "share", "cross",
    "contribution", "difference",
})  # fmt: skip
TWO_SIDED = frozenset({"relation"})
TO_COME = frozenset({"forecast", "expiry", "what_if", "advice", "headcount", "standing"})
EACH = frozenset({"across", "per", "pro", "je"})
MONEY = COST | PROFIT | REVENUE

_WORD = re.compile(r"[^\W\d_]+")
_TWO_DIGITS = re.compile(r"\d\d(?!\d)")  # the last ones of a number


@dataclass(frozen=True)
class Open:
    """What the table lacks for a question: for all of it, or for a part; each is a reason in words."""

    whole: str = ""
    part: str = ""


def open_of(question: Question, table: Table, name: str, plan: Plan | None) -> Open:
    """Returns what stays open of a question; `plan` is None if its operation can't be planned."""
    if is_task(question.text):
        return Open()
    names = _without_money(names_in(question, table), table)
    whole = _subject(question, table, names, plan) or _chosen(question, table, names, plan)
    if whole := whole or _unsaid(question, table, name, names, plan):
        return Open(whole=nothing_called([whole], table.language))
    sides = names.unknown(*ABOUT) if plan is None else names.unknown(Place.BESIDE)
    if name in TWO_SIDED and sides:
        return Open(whole=nothing_called(sides, table.language))
    groups = [each for each in names.unknown(Place.GROUP) if _is_missing(each, table)]
    if groups and name in BY_GROUP and not question.groups:
        return Open(whole=nothing_called(groups, table.language))
    time = _time(question, table, name, plan)
    if time.whole:
        return time
    parts = [*names.unknown(Place.BESIDE), *groups, *names.unknown(Place.WHERE)]
    said = nothing_called(parts, table.language) if parts else ""
    if said and time.part:
        return Open(part=table.language.say("reason.both", first=said, second=time.part))
    return Open(part=said or time.part)


def nothing_called(chunks: list[Chunk], language: Language) -> str:
    """Returns that the table has none of the names."""
    return nothing_named([each.name for each in chunks], language)


def nothing_named(words: list[str], language: Language) -> str:
    """Returns that the table has none of the words for something."""
    names = list(dict.fromkeys(language.say("list.quoted", name=each) for each in words))
    return language.say("reason.nothing_called", names=language.listed(names, "list.or"))


def _subject(question: Question, table: Table, names: Names, plan: Plan | None) -> Chunk | None:
    """Returns what a question is about if the table does not have it, and another measure was taken."""
    if plan is None or not _is_default(question, table, plan):
        return None
    if _takes_long(question, table, plan) or _is_nameless(question, table, plan):
        return None
    if _is_named(question, names, plan):
        return None
    asked = [
        each
        for each in names.unknown(Place.ASKED)
        if not (question.groups and kinds.are_people(each.word))  # they do what is measured
    ]
    first = [each for each in names.chunks[:1] if each in names.unknown(Place.SUBJECT)]
    if found := [*asked, *first]:
        return found[0]
    is_known = question.measures or question.groups or question.filters or names.known(*Place)
    others = names.unknown(*ABOUT)
    return None if is_known or not others else others[0]


def _unsaid(
    question: Question, table: Table, name: str, names: Names, plan: Plan | None
) -> Chunk | None:
    """Returns a word that nothing of a plan stands for, if its measure is not named either: what the
    usual measure says is then no answer.
    """
    if plan is None or name not in PLAIN or _takes_long(question, table, plan):
        return None
    if common_meanings.is_of_frequency(question):
        return None
    if isinstance(plan.measures[0].measure, Rows) and not _are_rows_named(table):
        return None
    own = {name for each in plan.measures for name in (each.label, *each.columns)}
    named_too = [{each.measured.label, *each.columns} for _, each in question.measures]
    if any(own & each for each in named_too) or _is_of_part(question, own):
        return None
    known = Known(table)
    unknown = [
        word
        for each in names.chunks
        for word in each.words
        if each.place in (*ABOUT, Place.ELSE) and not _is_nameless(question, table, plan)
        if not known.has(word.lower()) and not kinds.are_people(word.lower())
    ]
    return Chunk((unknown[-1],)) if unknown else None


def _is_of_part(question: Question, columns: set[str]) -> bool:
    """True if what is measured is the share of a group that the question names, or the one before."""
    sources = [question, *([question.before] if question.before else [])]
    return any(each.column in columns for source in sources for each in source.filters)


def _are_rows_named(table: Table) -> bool:
    """True if the table says what its rows are; else a question may: most murders."""
    return table.model.grain is not None and table.model.grain.noun not in UNTOLD


def _is_nameless(question: Question, table: Table, plan: Plan) -> bool:
    """True if the only number of a table is called value, count or the like, and all of it is asked
    for that belongs to one group of each column: the question says what it is.
    """
    numbers = [each for each in table.model.columns if each.measure]
    if not numbers or [each.name for each in numbers] != plan.measures[0].columns:
        return False
    groups = {table.model.columns[each.index].name for each in table.dimensions}
    limited = {each.column for each in question.filters if len(each.values) == 1}
    return named(numbers[0].label) <= GENERIC and groups <= limited


def _takes_long(question: Question, table: Table, plan: Plan) -> bool:
    """True if a question asks what takes longest, of rows that have no name: it names them."""
    is_named = _are_rows_named(table)
    lasting = [each for each in table.offered if slots.is_duration(each, table)]
    columns = [set(each.columns) for each in lasting]
    return question.has(Cue.SLOW) and not is_named and set(plan.measures[0].columns) in columns


def _is_default(question: Question, table: Table, plan: Plan) -> bool:
    """True if a plan measures what is taken where nothing is named; rows may be what was named."""
    if isinstance(plan.measures[0].measure, Rows):
        return False
    usual = [slots.main_of(table), slots.measure_of(question, table)]
    return any(set(each.columns) == set(plan.measures[0].columns) for each in usual)


def _is_named(question: Question, names: Names, plan: Plan) -> bool:
    """True if a word of the question names what is measured, and not only by what groups."""
    labels = {each.label for each in plan.measures}
    said = [offered for _, offered in question.measures if offered.measured.label in labels]
    of_groups = {
        stem(word.lower())
        for each in names.chunks
        if each.place in (Place.GROUP, Place.CHOSEN)
        for word in each.words
    }
    words = question.words.stems - of_groups
    return any(fits(word, stems) for word in words for offered in said for stems in offered.names)


def _chosen(question: Question, table: Table, names: Names, plan: Plan | None) -> Chunk | None:
    """Returns the groups among which a question asks for one, if the table has none such."""
    asked = names.unknown(Place.ASKED) if question.has(Cue.WHO) else []
    unknown = [*names.unknown(Place.CHOSEN), *asked]
    if not unknown or question.groups or plan is None or not plan.groups:
        return None
    if any(kinds.may_be_among(each.word, table) for each in unknown):
        return None
    return unknown[0] if kinds.is_kind_of_each_known(table) else None


def _is_missing(chunk: Chunk, table: Table) -> bool:
    """True if groups are surely not there; “across stores”, each row may be a store."""
    noun = table.model.grain.noun if table.model.grain else "rows"
    is_row = table.timeline is None and noun in UNTOLD and chunk.before in EACH
    return not is_row and not kinds.may_be_among(chunk.word, table)


def _time(question: Question, table: Table, name: str, plan: Plan | None) -> Open:
    """Returns which of the periods that are named the table does not have."""
    if name in TO_COME:
        return Open()
    locale, says = table.brief.locale, table.language.say
    if table.timeline is None:
        has_dates = any(each.type.startswith(("DATE", "TIMESTAMP")) for each in table.model.columns)
        is_named = not has_dates and periods.names_period(question.text, locale)
        is_named = is_named and not (plan and _are_years_of(plan, question))
        return Open(part=says("reason.no_dates")) if is_named else Open()
    absent = periods.absent_in(question.text, locale, table)
    if not absent:
        return Open()
    names = table.language.listed([*dict.fromkeys(each.name for each in absent)], "list.or")
    reason = says("reason.no_rows_of", periods=names)
    some = question.periods or any(each.is_partly_there for each in absent)
    return Open(part=reason) if some else Open(whole=reason)


def _are_years_of(plan: Plan, question: Question) -> bool:
    """True if the years that a question names stand in the name of what is measured."""
    told = {digits for name in plan.measures[0].columns for digits in _TWO_DIGITS.findall(name)}
    return question.words.short_years <= told


def _without_money(names: Names, table: Table) -> Names:
    """Returns the names without words for income and costs where amounts with a sign are both."""
    words = [each for each in names.chunks if not each.known and each.word in MONEY]
    if not words or profits.profit_of(table) is None:
        return names
    return Names([each for each in names.chunks if each not in words])


def topic_of(question: Question, table: Table) -> str | None:
    """Returns the one thing that a question names, if it does not ask anything that is done, and the
    table does not have it.
    """
    chunks = [] if is_task(question.text) else names_in(question, table).chunks
    if len(chunks) != 1 or chunks[0].known or len(chunks[0].words) > 1:
        return None
    return chunks[0].name if chunks[0].place in ABOUT else None


def unknown_of(question: Question, table: Table) -> str | None:
    """Returns the last word of a question that may be a name, of those that the table does not know."""
    words = [word for word in _WORD.findall(question.text) if is_telling(word.lower())]
    known = Known(table)
    unknown = [word for word in words if not known.has(word.lower())]
    return next(iter((unknown or words)[-1:]), None)
