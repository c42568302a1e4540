"""Sentences of differences between groups."""

SENTENCES = {
    "difference.two.clear": "{measure} {measure:ist|sind} bei {first} höher: {high}, gegenüber {low} bei {last}",
    "difference.two.chance": "der Unterschied {measure:bei} kann Zufall sein: {high} für {first}, {low} für {last}",
    "difference.many.clear": "{measure} {measure:unterscheidet|unterscheiden} sich nach {column}: {high} für {first}, {low} für {last}",
    "difference.many.chance": (
        "{measure} {measure:zeigt|zeigen} nach {column} keinen klaren Unterschied: "
        "{high} für {first}, {low} für {last}"
    ),
    "difference.p.clear": "der Unterschied von {gap} ist signifikant (p-Wert {p})",
    "difference.p.chance": "der Unterschied von {gap} ist nicht signifikant (p-Wert {p})",
    "difference.counts": "{first}: {high} von {of_high}; {last}: {low} von {of_low}",
    "difference.between": "dazwischen: {values}",
    "difference.noticeable": "bei so vielen {things:dativ} wäre erst ein Unterschied ab {size} aufgefallen",
    "difference.method": "{measure} {measure:wurde|wurden} nach {column} über {rows} {things} verglichen",
}  # fmt: skip
