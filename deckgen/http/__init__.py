"""The parts that both HTTP services, the API and the orchestrator, have in common."""
