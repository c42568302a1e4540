"""Units of amounts as columns have them, and as people say them, in English and German."""

import re

SAID = {
    unit.lower(): frozenset(words.split())
    for unit, words in (
        ("kg", "kg kilo kilos kilogram kilograms kilogramme kilogramm"),
        ("t", "ton tons tonne tonnes tonnen"),
        ("lb", "lb lbs pound pounds"),
        ("km", "km kilometer kilometers kilometre kilometres kilometern"),
        ("miles", "mile miles meile meilen"),
        ("L", "liter liters litre litres litern"),
        ("kWh", "kwh kilowatt kilowattstunde kilowattstunden"),
        ("MWh", "mwh megawatt megawattstunde megawattstunden"),
        ("m²", "sqm quadratmeter"),
        ("sq ft", "sqft"),
        ("ha", "ha hectare hectares hektar"),
        ("h", "hour hours stunde stunden"),
    )
}

# What people say of units in several words, as one word that columns are called by.
_SPOKEN = {
    r"square f(?:oo|ee)t": "sqft",
    r"square met(?:re|er)s?": "sqm",
    r"cubic met(?:re|er)s?": "m3",
}


def as_columns_say(text: str) -> str:
    """Returns a text with units of several words as columns are called by them: sqft."""
    for said, name in _SPOKEN.items():
        text = re.sub(rf"\b{said}\b", name, text, flags=re.IGNORECASE)
    return text


def words_of(unit: str) -> frozenset[str]:
    """Returns the words by which people call a unit of which amounts are made."""
    return SAID.get(unit.lower(), frozenset())
