"""English texts, a file for each operation and for each part of a deck.

Slots are facts and nouns. A sentence starts in lower case if its first word is no name, and has no full
stop: both are added where it is rendered.
"""
