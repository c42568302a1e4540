"""What is said, by the key of its sentence, and how its slots are filled in a language."""

from dataclasses import dataclass

from deckgen.domain.facts import Fact, Text
from deckgen.domain.language.phrasebook import Language
from deckgen.orchestrator.analyst.facts.references import at_start, say


@dataclass(frozen=True)
class Statement:
    """A sentence by its key in the phrasebook; slots are facts, nouns, lists of facts, or phrases,
    which are statements themselves.
    """

    says: str
    slots: "dict[str, Slot]"


Slot = Fact | Text | list[Fact] | Statement
Slots = dict[str, Slot]


def state(says: str, **slots: Slot) -> Statement:
    """Returns the statement of a sentence with its slots."""
    return Statement(says, slots)


def sentence(statement: Statement, language: Language) -> Text:
    """Returns a statement as a sentence without a full stop; KeyError names what is missing."""
    text = phrase(statement, language)
    return at_start(text) if text else text


def label(text: Text | Statement, language: Language) -> Text:
    """Returns what stands beside a figure: a noun, or a phrase."""
    return at_start(phrase(text, language)) if isinstance(text, Statement) else text


def phrase(statement: Statement, language: Language) -> Text:
    """Returns a statement as it stands within a sentence."""
    slots = statement.slots
    return language.fill(statement.says, lambda name: _filled(slots[name], language))


def _filled(slot: Slot, language: Language) -> Text:
    if isinstance(slot, Statement):
        return phrase(slot, language)
    if isinstance(slot, Fact):
        return say(slot)
    return language.listed([say(fact) for fact in slot]) if isinstance(slot, list) else slot
