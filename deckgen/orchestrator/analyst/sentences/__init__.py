"""The sentences of operations: one table of templates a language, and how their slots are filled."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import ValueFormat
from deckgen.orchestrator.analyst.execution.results import Slot, Statement
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.sentences import de, en
from deckgen.orchestrator.analyst.sentences.german import nouns

Labels = Mapping[str, str]  # of columns, by their references: c3
Table = dict[str, str]

_SLOT = re.compile(r"\{(\w+)(?::([^{}]*))?\}")  # a slot, perhaps in a form


def _as_it_is(noun: Text, form: str, labels: Labels) -> Text:
    return noun


# A language is a table of sentences, and what becomes of a noun in a form.
LANGUAGES: dict[str, tuple[Callable[[], Table], Callable[[Text, str, Labels], Text]]] = {
    "en": (en.sentences, _as_it_is),
    "de": (de.sentences, nouns.in_form),
}


def sentence(statement: Statement, language: str = "en", labels: Labels | None = None) -> Text:
    """Returns a statement as a sentence without a full stop; KeyError names what the table lacks.

    A language whose verbs follow the number of a noun needs the `labels` that references stand for.
    """
    text = _writer(language, labels).phrase(statement)
    return at_start(text) if text else text


def in_short(statement: Statement, language: str = "en", labels: Labels | None = None) -> Text:
    """Returns what a statement says in the words of a summary; empty if it has none there."""
    return _in_words_of("short", statement, language, labels)


def gist(statement: Statement, language: str = "en", labels: Labels | None = None) -> Text:
    """Returns a statement in a few words, for a title that puts several together; empty without any."""
    said = statement.slots.get("said")
    if isinstance(said, Statement):
        return gist(said, language, labels)
    return _in_words_of("gist", statement, language, labels)


def _in_words_of(form: str, statement: Statement, language: str, labels: Labels | None) -> Text:
    found = _reworded(form, statement, LANGUAGES[language][0]())
    return sentence(found, language, labels) if found else ""


def _reworded(form: str, statement: Statement, table: Table) -> Statement | None:
    """Returns a statement under the nearest key of a form; what stands in a frame keeps its frame."""
    if isinstance(said := statement.slots.get("said"), Statement):
        inner = _reworded(form, said, table)
        return replace(statement, slots={**statement.slots, "said": inner}) if inner else None
    parts = statement.says.split(".")
    for end in range(len(parts), 0, -1):
        template = table.get(key := ".".join([form, *parts[:end]]))
        if template is not None and {name for name, _ in _SLOT.findall(template)} <= {*statement.slots}:
            return replace(statement, says=key)
    return None


def label(text: Text | Statement, language: str = "en", labels: Labels | None = None) -> Text:
    """Returns what stands beside a figure: a noun, or a phrase."""
    if not isinstance(text, Statement):
        return text
    return at_start(_writer(language, labels).phrase(text))


def _writer(language: str, labels: Labels | None) -> "_Writer":
    table, in_form = LANGUAGES[language]
    return _Writer(table(), in_form, labels or {})


@dataclass(frozen=True)
class _Writer:
    """Fills the templates of one language."""

    table: Table
    in_form: Callable[[Text, str, Labels], Text]
    labels: Labels

    def phrase(self, statement: Statement, form: str = "") -> Text:
        """Returns a statement as a phrase, in a form if it has such."""
        template = self.table.get(f"{statement.says}:{form}") or self.table[statement.says]
        return self._fill(template, statement.slots)

    def _fill(self, template: str, slots: Mapping[str, Slot]) -> Text:
        return _SLOT.sub(lambda found: self._filled(slots[found[1]], found[2] or ""), template)

    def _filled(self, slot: Slot, form: str) -> Text:
        if isinstance(slot, Fact):
            template = self.table.get(f"{_kind(slot)}:{form}", "{fact}")
            return template.replace("{fact}", say(slot))
        if isinstance(slot, list):
            return self._listed([self._filled(fact, form) for fact in slot])
        text = self.phrase(slot, form) if isinstance(slot, Statement) else slot
        return self.in_form(text, form, self.labels)

    def _listed(self, names: list[Text]) -> Text:
        if len(names) == 1:
            return names[0]
        return self._fill(self.table["list.and"], {"some": ", ".join(names[:-1]), "last": names[-1]})


def _kind(fact: Fact) -> str:
    """Returns what a fact names: a period by its grain, else its format."""
    return fact.unit.symbol if fact.unit.format is ValueFormat.PERIOD else fact.unit.format.value
