"""New numbers into a presentation that people edited: its facts are computed over a new table.

Words, order, looks and what people added stay. What no longer holds is named, and marked in the file.
"""

from deckgen.orchestrator.refresher.refresh import refresh, sealed

__all__ = ["refresh", "sealed"]
