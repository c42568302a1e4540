"""The sentences of operations: one table of templates, and how their slots are filled."""

import re

from deckgen.domain.facts import Fact, Text
from deckgen.orchestrator.analyst.execution.results import Slot, Statement
from deckgen.orchestrator.analyst.facts.references import at_start, say
from deckgen.orchestrator.analyst.sentences.en import sentences

_SLOT = re.compile(r"\{(\w+)\}")


def sentence(statement: Statement) -> Text:
    """Returns a statement as a sentence without a full stop; KeyError names what the table lacks."""
    text = _phrase(statement)
    return at_start(text) if text else text


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
