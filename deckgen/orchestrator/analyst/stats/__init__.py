"""Statistical tests on numbers that are already there."""
