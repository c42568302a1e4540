"""Sentences of a course that rose and then fell, or the other way round."""

SENTENCES = {
    "turns.peak": "{measure} {measure:war|waren} {at_base} am höchsten und {measure:sank|sanken} seither um {by}",
    "turns.low": "{measure} {measure:war|waren} {at_base} am niedrigsten und {measure:stieg|stiegen} seither um {by}",
    "turns.before.peak": "vorher war der Wert von {old} ({at_base:ohne}) auf {new} gestiegen",
    "turns.before.low": "vorher war der Wert von {old} ({at_base:ohne}) auf {new} gesunken",
}  # fmt: skip
