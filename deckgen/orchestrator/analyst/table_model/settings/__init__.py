"""What the request says of a table: it replaces what the rooms before have decided.

Each module is a room; it stands right behind those whose decisions it replaces, so that later rooms use
what was said.
"""

REASON = "the request says so"
