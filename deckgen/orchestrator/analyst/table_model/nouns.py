"""Nouns for rows: out of the name of a key, of the file, or of a column of names."""

import re
from pathlib import PurePath

from deckgen.domain.datasets import Role
from deckgen.orchestrator.analyst.lexicon import row_words as of
from deckgen.orchestrator.analyst.lexicon.geography import plain
from deckgen.orchestrator.analyst.table_model.look import Known, Look

LINES = frozenset({"line", "lines", "position", "positionen"})
SHARED = 0.95  # of an id's rows, below which several rows have it in common
_WORD = re.compile(r"[^\W\d_]+")


def is_key(known: Known) -> bool:
    """True if the column's name is that of something that identifies: order_id, Kundennummer."""
    *_, last = known.words or ("",)
    return last in of.KEY_WORDS or last.endswith(of.GERMAN_KEYS)


def thing_of(known: Known) -> str | None:
    """Returns the thing that a column identifies: “order” of order_id; None if it names none."""
    words = list(known.words)
    had_key = False
    while words and words[-1] in of.KEY_WORDS:
        words.pop()
        had_key = True
    if words and not had_key:
        words, had_key = [of.of_compound(words[-1]) or ""], True
    thing = words[-1] if words else ""
    is_word = bool(_WORD.fullmatch(thing)) and len(thing) > 2
    return _written(known, thing) if had_key and is_word and thing not in of.NO_THINGS else None


def _written(known: Known, thing: str) -> str:
    """Returns a thing with the accents that it has in the name of its column."""
    written = [word.lower()[: len(thing)] for word in _WORD.findall(known.label)]
    return next((word for word in written if thing not in of.PLURALS and plain(word) == thing), thing)


def is_known(thing: str) -> bool:
    """True if rows are often such things."""
    plural = plain(of.plural_of(thing))
    return thing in of.PLURALS or thing in of.WITH_LINES or plural in of.FILE_NOUNS


def lines_of(look: Look, key: tuple[Known, ...]) -> tuple[str, Known] | None:
    """Returns the thing of which the rows are lines, with the column that identifies it."""
    candidates = [*key, *(known for known in look.columns if known.column.role is Role.ID)]
    for known in candidates:
        thing = thing_of(known)
        if thing in of.WITH_LINES and known.column.distinct < SHARED * look.rows:
            return thing, known
    return None


def lines(thing: str) -> str:
    return "Positionen" if thing in of.GERMAN_LINES else f"{thing} lines"


def of_file(file_name: str) -> str | None:
    """Returns the plural that a file is called after; None if its name says no such thing."""
    words = [plain(word) for word in _WORD.findall(PurePath(file_name).stem)]
    if LINES & set(words):
        return None
    known = [word for word in words if word in of.FILE_NOUNS]
    # Two things in a name are one for each other: customers by stores. Which is a row is not said.
    return known[0] if len(set(known)) == 1 else None


def of_label(known: Known) -> str | None:
    """Returns the plural of a column of names: states, firms; None if the name says nothing."""
    generic = {"name", "title", "label", "description", "text", "column"}
    word = known.words[-1] if known.words else ""
    is_noun = bool(_WORD.fullmatch(word)) and len(word) > 2
    names = known.column.role in (Role.DIMENSION, Role.GEOGRAPHY) or is_known(word)
    return of.plural_of(word) if names and is_noun and word not in generic else None
