"""Units of amounts as columns have them, and as people say them, in English and German."""

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
        ("ha", "ha hectare hectares hektar"),
        ("h", "hour hours stunde stunden"),
    )
}


def words_of(unit: str) -> frozenset[str]:
    """Returns the words by which people call a unit of which amounts are made."""
    return SAID.get(unit.lower(), frozenset())
