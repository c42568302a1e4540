"""From questions to answers: a plan for each, its operation, and its sentences."""
