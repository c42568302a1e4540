"""What is said, by the key of its sentence, and how its slots are filled in a language."""

from dataclasses import dataclass, replace

from deckgen.domain.facts import Fact, Text
from deckgen.domain.formatting.display import ValueFormat
from deckgen.domain.language.phrasebook import Language, slots_of
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
# Parts of keys whose sentences say how little is known.
CAUTIOUS = frozenset({"unclear", "within", "chance", "few"})


def state(says: str, **slots: Slot) -> Statement:
    """Returns the statement of a sentence with its slots."""
    return Statement(says, slots)


def sentence(statement: Statement, language: Language) -> Text:
    """Returns a statement as a sentence without a full stop; KeyError names what is missing."""
    text = phrase(statement, language)
    return at_start(text) if text else text


def is_cautious(statement: Statement) -> bool:
    """True if a statement says that what it tells is not sure."""
    said = statement.slots.get("said")
    inner = isinstance(said, Statement) and is_cautious(said)
    return inner or bool(CAUTIOUS & {*statement.says.split(".")})


def ends_in_caution(statement: Statement, language: Language) -> bool:
    """True if a statement is another one with a caution behind it, which a shorter one would lose."""
    plain, _, last = statement.says.rpartition(".")
    return last in CAUTIOUS and plain in language.texts


def label(text: Text | Statement, language: Language) -> Text:
    """Returns what stands beside a figure: a noun, or a phrase."""
    return at_start(phrase(text, language)) if isinstance(text, Statement) else text


def in_short(statement: Statement, language: Language) -> Text:
    """Returns what a statement says in the words of a summary; empty if it has none there."""
    found = _reworded("short", statement, language)
    return sentence(found, language) if found else ""


def in_row(statement: Statement, language: Language) -> Text:
    """Returns what a statement says beside its figure; its short sentence if it has nothing else."""
    found = _reworded("row", statement, language)
    return sentence(found, language) if found else in_short(statement, language)


def proof(statement: Statement, language: Language) -> tuple[Text, Text]:
    """Returns the figure of a statement and what it is; empty if no one figure stands for it."""
    said = statement.slots.get("said")
    if isinstance(said, Statement):
        return proof(said, language)
    found = _reworded("proof", statement, language)
    figure, _, what = phrase(found, language).partition(": ") if found else ("", "", "")
    return figure, what


def gist(statement: Statement, language: Language) -> Text:
    """Returns a statement in a few words, for a title that puts several together; empty without any."""
    said = statement.slots.get("said")
    if isinstance(said, Statement):
        return gist(said, language)
    found = _reworded("gist", statement, language)
    return phrase(found, language) if found else ""


def _reworded(form: str, statement: Statement, language: Language) -> Statement | None:
    """Returns a statement under the nearest key of a form, which leaves no caution out; what stands in
    a frame keeps its frame.
    """
    if isinstance(said := statement.slots.get("said"), Statement):
        inner = _reworded(form, said, language)
        return replace(statement, slots={**statement.slots, "said": inner}) if inner else None
    parts = statement.says.split(".")
    for end in range(len(parts), 0, -1):
        if CAUTIOUS & {*parts[end:]}:
            return None
        text = language.texts.get(key := ".".join([form, *parts[:end]]))
        if text is not None and slots_of(text) <= {*statement.slots}:
            return replace(statement, says=key)
    return None


def phrase(statement: Statement, language: Language, form: str = "") -> Text:
    """Returns a statement as it stands within a sentence, in a form if it has such."""
    slots = statement.slots
    return language.fill(statement.says, lambda name, own: _filled(slots[name], own, language), form)


def _filled(slot: Slot, form: str, language: Language) -> Text:
    if isinstance(slot, Fact):
        text = language.known(f"{_kind(slot)}:{form}", "{fact}")
        return text.replace("{fact}", say(slot))
    if isinstance(slot, list):
        return language.listed([_filled(fact, form, language) for fact in slot])
    text = phrase(slot, language, form) if isinstance(slot, Statement) else slot
    return language.noun(text, form)


def _kind(fact: Fact) -> str:
    """Returns what a fact names: a period by its grain, else its format."""
    return fact.unit.symbol if fact.unit.format is ValueFormat.PERIOD else fact.unit.format.value
