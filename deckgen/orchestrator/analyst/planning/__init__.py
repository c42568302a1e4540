"""From questions to plans: what operations say of themselves, and slots that questions leave open."""
