"""The last thing that the server of children imports: what is loaded now is shared by all of them."""

from deckgen.bounded.prepared import is_server
from deckgen.runtime.gc_tuning import collect_rarely

if is_server:
    collect_rarely()
