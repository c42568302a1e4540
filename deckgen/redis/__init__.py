"""Redis: connections, refusals, and the calls that the orchestrator leaves there; arq is not known."""
