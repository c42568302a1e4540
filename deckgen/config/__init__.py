"""The settings, which are read from the environment once, and their checks."""
