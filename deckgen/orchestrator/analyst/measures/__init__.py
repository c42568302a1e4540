"""The measures that a table offers: its columns, what can be derived from them, and what is counted."""
