"""What the brief names of a table: columns by words of their names, groups by their values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from deckgen.domain.briefs import Brief
from deckgen.domain.datasets import Source
from deckgen.orchestrator.analyst.brief.industries import industry_words
from deckgen.orchestrator.analyst.ingestion.table import DataTable
from deckgen.orchestrator.analyst.profiling.dimensions import Dimension
from deckgen.orchestrator.analyst.profiling.stemming import (
    matched,
    stems,
    synonyms,
    telling,
    text_stems,
    words_of,
)

COLUMN, SYNONYM, INDUSTRY, GROUP, OF_GROUP = 0.5, 0.25, 0.15, 0.5, 0.25
MOST = 2.5
MAX_GROUPS = 1_000
# Groups whose names are words of every brief.
INFLECTED = 4  # letters of a word to which endings may be added
ENDINGS = ("e", "er", "es", "em", "en")
_COMMON = frozenset({
    "yes", "no", "true", "false", "all", "other", "others", "none", "new", "in", "on", "it", "a", "i",
    "to", "or", "and", "the", "is", "unknown", "total",
})  # fmt: skip


@dataclass(frozen=True)
class Mentions:
    """`groups` are the values that the brief names, by the index of their column."""

    brief: Brief
    source: Source
    groups: dict[int, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def _words(self) -> frozenset[str]:
        return text_stems(self.brief.business_context)

    @cached_property
    def _file_words(self) -> frozenset[str]:
        """Words that name the whole table single out no column of it."""
        return stems(re.findall(r"[^\W_]+", self.source.name.lower()))

    def within(self, text: str) -> "Mentions":
        """What a part of the brief names."""
        groups = {
            index: named
            for index, known in self.groups.items()
            if (named := frozenset(_said(text, self._label(index), known)))
        }
        brief = self.brief.model_copy(update={"business_context": text})
        return replace(self, brief=brief, groups=groups)

    def _label(self, index: int) -> str:
        return self.source.columns[index].label

    def relevance(self, columns: tuple[int, ...], values: tuple[str, ...]) -> float:
        """1 for what the brief does not name, up to `MOST` for what it names in several ways."""
        of_columns = sorted((self._weight(index) for index in set(columns)), reverse=True)[:2]
        named = {group for index in columns for group in self.groups.get(index, ())}
        group = GROUP if named & set(values) else OF_GROUP if named else 0.0
        return min(MOST, 1.0 + sum(of_columns) + group)

    def _weight(self, index: int) -> float:
        words = telling(self._label(index)) - self._file_words
        if matched(words, self._words):
            return COLUMN
        if synonyms(words) & self._words - self._file_words:
            return SYNONYM
        return INDUSTRY if words & industry_words(self.brief.industry) else 0.0


def mentions_of(
    brief: Brief, source: Source, table: DataTable, dimensions: list[Dimension]
) -> Mentions:
    """Look up in the table which groups the brief names."""
    if not brief.business_context:
        return Mentions(brief, source)
    groups = {
        dimension.index: named
        for dimension in dimensions
        if dimension.groups <= MAX_GROUPS
        if (named := frozenset(_named_groups(brief.business_context, table, dimension)))
    }
    return Mentions(brief, source, groups)


def _named_groups(text: str, table: DataTable, dimension: Dimension) -> Iterator[str]:
    rows = table.all(
        f"SELECT DISTINCT {dimension.text} AS g FROM data WHERE {dimension.known()} ORDER BY g"
    )
    return _said(text, dimension.label, [group for (group,) in rows])


def _is_said(words: str, said: str) -> bool:
    """True if a group is named, also as a German adjective with an ending: in schlechtem Zustand."""
    return f" {words} " in said or (
        words.isalpha()
        and len(words) >= INFLECTED
        and any(f" {words}{ending} " in said for ending in ENDINGS)
    )


def _said(text: str, label: str, groups: Iterable[str]) -> Iterator[str]:
    """Those of the groups that a text names."""
    said = f" {' '.join(words_of(text))} "
    exact = set(re.findall(r"\w+", text))
    label = " ".join(words_of(label))
    for group in groups:
        words = " ".join(words_of(group))
        if not words or group.lower() in _COMMON:
            continue
        if words.isdecimal():
            # A bare number may be anything: "store 7" names a store.
            named = f" {label} {words} " in said
        else:
            named = group in exact if len(group) < 3 else _is_said(words, said)
        if named:
            yield group
