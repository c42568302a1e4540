"""The table model: what the table means, decided before anything is added up.

One room a decision. Each returns what it is sure enough of, with the reason, and stays silent else.
"""

from deckgen.orchestrator.analyst.table_model.model import model_of

__all__ = ["model_of"]
