"""From questions to plans: what every operation says of itself, and the slots that questions leave open."""
