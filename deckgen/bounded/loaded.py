"""The last thing that the server of children imports: what is loaded now is shared by all of them."""

from deckgen.garbage import collect_rarely

collect_rarely()
