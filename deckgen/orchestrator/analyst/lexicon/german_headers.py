"""Words of German headers, by which it is known that names are written with capitals for a reason."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that English has as well say nothing.
WORDS = _words("""
    umsatz kosten gewinn menge preis betrag datum monat jahr kunde kunden mitglied mitarbeiter stadt
    filiale standort abteilung vertrag gericht rechnung bestellung bestellungen buchungen stück
    anzahl wert summe ausstoß bestand meldebestand artikelnummer familie schalter erstellt
    beantwortet ausgestellt fällig bezahlt rabatt gehalt eintritt austritt stunden miete ende beginn
    beschwerde schwere breitengrad längengrad schritt besucher klicks kanal produkt warengruppe
    kategorie marke linie maschine lager lieferant lieferung auftrag auftragswert bundesland gebiet
    verkäufer geschlecht dauer bewertung klasse fach schüler lehrer anteil einnahmen ausgaben erlös
    erlöse konto buchungskreis kostenstelle verbrauch strom zähler uhrzeit wochentag woche quartal
    nummer quelle kampagne kündigung abgänge personalnummer arbeitslast führung teamgeist stückpreis
    nr
""")
ENDINGS = (
    "ung", "ungen", "keit", "heit", "schaft", "nummer", "preis", "kosten", "datum", "umsatz", "zahl",
    "menge", "betrag", "wert", "zeit", "gruppe", "kunde", "kunden", "stelle", "grund", "stunden",
)  # fmt: skip
LETTERS = frozenset("äöüß")
