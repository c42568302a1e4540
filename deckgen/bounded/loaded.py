"""The last module that the server of children imports: all of them share what is loaded by now."""

from deckgen.bounded.prepared import is_server
from deckgen.runtime.gc_tuning import collect_rarely

if is_server:
    collect_rarely()
