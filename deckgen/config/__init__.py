"""Settings, read once from the environment, and their checks."""
