"""The archetypes of slides: a file each, and a line each of what shows one chart.

docs/extending.md says how to add one.
"""

import sys
from functools import cache

from deckgen.domain.registry import rows
from deckgen.export.slides.archetype import Archetype
from deckgen.export.slides.exhibits import EXHIBITS


@cache
def archetypes() -> dict[str, Archetype]:
    """Returns every archetype by its name, those for special claims first."""
    found = {**rows(sys.modules[__name__], Archetype, "ARCHETYPE"), **EXHIBITS}
    return dict(sorted(found.items(), key=lambda each: each[1].order))
