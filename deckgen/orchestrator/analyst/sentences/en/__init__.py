"""English sentences, a file for each operation.

Slots are facts and nouns. A sentence starts in lower case if its first word is no name, and has no full
stop: both are added where it is rendered.
"""

import sys
from functools import cache

from deckgen.domain.registry import rows


@cache
def sentences() -> dict[str, str]:
    """Returns the table of all sentences by their keys."""
    tables = rows(sys.modules[__name__], dict, "SENTENCES")
    return {key: text for table in tables.values() for key, text in table.items()}
