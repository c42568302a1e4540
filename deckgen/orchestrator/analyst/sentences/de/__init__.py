"""German sentences, a file for each operation, with the keys and slots of the English ones.

A slot may have a form: `{period:im}` is a period with the words that lead to it, `{measure:bei}` a noun
after a preposition, and `{measure:stieg|stiegen}` a verb in the number of a noun. Keys with a colon are
the forms of a phrase: `periods.h1:im`.
"""

import sys
from functools import cache

from deckgen.domain.registry import rows


@cache
def sentences() -> dict[str, str]:
    """Returns the table of all sentences by their keys."""
    tables = rows(sys.modules[__name__], dict, "SENTENCES")
    return {key: text for table in tables.values() for key, text in table.items()}
