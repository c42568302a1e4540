"""The sentences of operations: one table of templates, and how their slots are filled."""

import re
from dataclasses import replace

from deckgen.domain.facts import Fact, Text
from deckgen.orchestrator.analyst.execution.results import Slot, Statement
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.sentences.en import sentences

_SLOT = re.compile(r"\{(\w+)\}")


def sentence(statement: Statement) -> Text:
    """Returns a statement as a sentence without a full stop; KeyError names what the table lacks."""
    text = _phrase(statement)
    return at_start(text) if text else text


def in_short(statement: Statement) -> Text:
    """Returns what a statement says in the words of a summary; empty if it has none there."""
    return _in_words_of("short", statement)


def gist(statement: Statement) -> Text:
    """Returns a statement in a few words, for a title that puts several together; empty without any."""
    said = statement.slots.get("said")
    return gist(said) if isinstance(said, Statement) else _in_words_of("gist", statement)


def _in_words_of(form: str, statement: Statement) -> Text:
    found = _reworded(form, statement)
    return sentence(found) if found else ""


def _reworded(form: str, statement: Statement) -> Statement | None:
    """Returns a statement under the nearest key of a form; what stands in a frame keeps its frame."""
    if isinstance(said := statement.slots.get("said"), Statement):
        inner = _reworded(form, said)
        return replace(statement, slots={**statement.slots, "said": inner}) if inner else None
    parts = statement.says.split(".")
    for end in range(len(parts), 0, -1):
        template = sentences().get(key := ".".join([form, *parts[:end]]))
        if template is not None and set(_SLOT.findall(template)) <= statement.slots.keys():
            return replace(statement, says=key)
    return None


def label(text: Text | Statement) -> Text:
    """Returns what stands beside a figure: a noun, or a phrase."""
    return at_start(_phrase(text)) if isinstance(text, Statement) else text


def _phrase(statement: Statement) -> Text:
    template = sentences()[statement.says]
    return _SLOT.sub(lambda slot: _filled(statement.slots[slot[1]]), template)


def _filled(slot: Slot) -> Text:
    if isinstance(slot, Statement):
        return _phrase(slot)
    if isinstance(slot, Fact):
        return say(slot)
    if isinstance(slot, list):
        names = [say(fact) for fact in slot]
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return slot
