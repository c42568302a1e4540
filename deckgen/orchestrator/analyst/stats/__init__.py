"""Statistical tests on series and groups of numbers."""
