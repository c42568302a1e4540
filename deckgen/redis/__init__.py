"""Redis: connections, its refusals, and what the orchestrator leaves there; arq is not known here."""
