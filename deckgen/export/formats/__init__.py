"""The forms of a deck, a file each; docs/extending.md says how to add one.

A module here is loaded by whoever needs its name or its path, so it imports what draws when it draws.
"""

import sys

from deckgen.domain.registry import rows
from deckgen.export.format import Format


def formats() -> list[Format]:
    """Returns every form that a deck has."""
    return [*rows(sys.modules[__name__], Format, "FORMAT").values()]


def by_ending() -> dict[str, Format]:
    """Returns the forms by the ending of a file's name, such as `.pptx`."""
    return {each.ending: each for each in formats()}
