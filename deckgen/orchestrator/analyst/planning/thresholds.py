"""Conditions that questions name: below another column, over an amount."""

import re
from dataclasses import dataclass

from deckgen.domain.plans import Condition, Relation
from deckgen.domain.table_models import ColumnModel, MeasureKind
from deckgen.orchestrator.analyst.lexicon.questions import Cue
from deckgen.orchestrator.analyst.planning import columns
from deckgen.orchestrator.analyst.questions.reading import Question
from deckgen.orchestrator.analyst.questions.table import Table
from deckgen.orchestrator.analyst.questions.vocabulary import Words

_NUMBER = re.compile(
    r"(?P<number>\d[\d.,'\u00a0]*\d|\d)\s?"
    r"(?P<times>k\b|m\b|mn\b|mio\b|million\b|tsd\b|thousand\b)?"
    r"(?P<after>\s?(?:%|percent|prozent|€|eur\b|euro|dollars?|usd\b))?",
    re.IGNORECASE,
)
_TIMES = {"k": 1e3, "tsd": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6}
# What a number is a number of, where its column is not named.
_MEANT = (
    (re.compile(r"\b(earn\w*|paid|verdien\w*|bekomm\w*)\b", re.IGNORECASE),
     ("salary", "wage", "pay", "income", "earnings", "gehalt", "lohn", "einkommen")),
    (re.compile(r"\b(years? old|older|younger|jahre alt|älter|jünger)\b", re.IGNORECASE),
     ("age", "alter")),
    (re.compile(r"\b(cost\w*|dearer|cheaper|kosten|teurer|billiger)\b", re.IGNORECASE),
     ("price", "cost", "preis", "kosten")),
)  # fmt: skip


@dataclass(frozen=True)
class Threshold:
    """What is held against a number, or against another column of the same row."""

    column: ColumnModel
    relation: Relation
    value: float | None = None
    other: ColumnModel | None = None

    @property
    def condition(self) -> Condition:
        """The condition of rows as plans hold it."""
        if self.other is not None:
            return Condition(column=self.column.name, relation=self.relation, other=self.other.name)
        assert self.value is not None
        return Condition(column=self.column.name, relation=self.relation, values=[self.value])


def of(question: Question, table: Table) -> Threshold | None:
    """Returns the condition that a question names; None if it names none that the table can hold."""
    places = {cue: question.cues[cue] for cue in (Cue.BELOW, Cue.OVER) if cue in question.cues}
    if not places:
        return None
    cue, place = min(places.items(), key=lambda each: each[1])
    relation = Relation.LESS if cue is Cue.BELOW else Relation.MORE
    before, after = question.text[:place], question.text[place:]
    if (number := number_in(after)) is not None:
        column = _measured(question, table)
        return Threshold(column, relation, value=_in_unit(number, column)) if column else None
    return _of_two(table, relation, before, after)


def number_in(text: str) -> float | None:
    """Returns the first number of a text, as people write it: 10,000, 2k, 1.5 million."""
    match = _NUMBER.search(text)
    if match is None:
        return None
    digits = re.sub(r"[\s\u00a0']", "", match["number"])
    groups = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
    plain = re.sub(r"[.,]", "", digits) if groups else _decimal(digits)
    try:
        number = float(plain)
    except ValueError:
        return None
    share = (match["after"] or "").strip().lower() in ("%", "percent", "prozent")
    return number * _TIMES.get((match["times"] or "").lower(), 1) / (100 if share else 1)


def _decimal(digits: str) -> str:
    """Returns digits with a point before the decimals: the last mark stands there."""
    whole, mark, decimals = digits.replace(",", ".").rpartition(".")
    return f"{whole.replace('.', '')}.{decimals}" if mark else digits


def _in_unit(number: float, column: ColumnModel) -> float:
    """Returns a number as the column's cells hold it: in thousands, or percents as such."""
    return number / column.scale if column.scale != 1 and number >= column.scale else number


def _measured(question: Question, table: Table) -> ColumnModel | None:
    """Returns the column that a number is held against: the named one, the meant one, or the amount."""
    numbers = columns.numbers(table)
    fitting = [(question.words.fit(table.words_of(each.name)), each) for each in numbers]
    named = [(fit, column) for fit, column in fitting if fit > 0]
    if named:
        return max(named, key=lambda each: each[0])[1]
    for pattern, names in _MEANT:
        meant = [each for each in numbers if columns.says(each, names)]
        if re.search(pattern, question.text) and meant:
            return meant[0]
    flows = columns.kinds(table, MeasureKind.FLOW)
    return flows[0] if len(flows) == 1 else None


def _of_two(table: Table, relation: Relation, before: str, after: str) -> Threshold | None:
    """Returns the condition between two columns: the one after the word, and the one that is meant."""
    numbers = columns.numbers(table)
    limits = [(Words(after).fit(table.words_of(each.name)), each) for each in numbers]
    limit = max(limits, key=lambda each: each[0], default=(0.0, None))
    if limit[1] is None or limit[0] <= 0:
        return None
    others = [
        each
        for each in numbers
        if each is not limit[1] and each.symbol == limit[1].symbol
        if _nearness(table, each, before)[0] or _is_comparable(each, limit[1])
    ]
    if not others:
        return None
    column = max(others, key=lambda each: _nearness(table, each, before))
    return Threshold(column, relation, other=limit[1])


def _is_comparable(column: ColumnModel, limit: ColumnModel) -> bool:
    """True unless one of them is a price: nothing that is not named so is held against that."""
    kinds = [each.measure.kind if each.measure else None for each in (column, limit)]
    return kinds[0] is kinds[1] or MeasureKind.PRICE not in kinds


def _nearness(table: Table, column: ColumnModel, before: str) -> tuple[float, bool, bool]:
    """Returns how well a column fits the words before, and whether it is a stock, or counts things."""
    kind = column.measure.kind if column.measure else None
    named = Words(before).fit(table.words_of(column.name))
    return named, kind is MeasureKind.STOCK, kind in (MeasureKind.COUNT, MeasureKind.FLOW)
