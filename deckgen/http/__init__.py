"""What both HTTP services, the API and the orchestrator, have in common."""
