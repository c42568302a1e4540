"""Forms of German nouns: the number of a verb, a preposition with its article, the dative plural.

Nobody knows the gender of a column's name; the last word of a compound often tells. Where it does not,
a preposition stands alone, as in a headline: “bei Umsatz”.
"""

import re

from deckgen.domain.language.phrasebook import at_start

# What follows these describes the noun before them.
_AFTER_HEAD = re.compile(
    r" (?:je|pro|von|vom|nach|der|des|an|am|in|im|mit|ohne|für|bei|zu)\b.*| ?[(,].*"
)

_ARTICLES = {
    "bei": {"m": "beim", "f": "bei der", "n": "beim", "plural": "bei den"},
    "von": {"m": "vom", "f": "von der", "n": "vom", "plural": "von den"},
    "erster": {"m": "erster", "f": "erste", "n": "erstes", "plural": "erste"},
    "im ersten": {"m": "im ersten", "f": "in der ersten", "n": "im ersten", "plural": "in den ersten"},
    "dem ersten": {"m": "dem ersten", "f": "der ersten", "n": "dem ersten", "plural": "den ersten"},
}


def _endings(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_GENDERS = {
    "m": _endings("""
        umsatz absatz gewinn ertrag erlös verlust preis wert betrag anteil bestand lohn saldo rabatt
        kurs verbrauch aufwand bedarf warenkorb bonus zins index score grad rückstand abstand überschuss
        einkauf verkauf export import beitrag cashflow ausschuss tag monat
    """),
    "f": _endings("""
        ung heit keit ion tät schaft enz anz quote rate marge menge zahl summe dauer zeit fläche
        temperatur größe höhe länge breite note steuer miete prämie nachfrage reichweite gebühr last
        spanne stunde woche
    """),
    "n": _endings("""
        gehalt alter volumen gewicht budget ergebnis einkommen guthaben kapital vermögen ziel wachstum
        entgelt inventar honorar niveau tempo defizit quartal jahr
    """),
}  # fmt: skip
_PLURALS = _endings("""
    ungen heiten keiten ionen täten schaften kosten zahlen mengen quoten raten preise werte beträge
    umsätze erlöse erträge gewinne verluste ausgaben einnahmen kunden tage stunden minuten sekunden
    wochen monate quartale jahre besuche besucher käufe verkäufe aufträge verträge fälle punkte klicks
    gebühren steuern schulden zinsen daten gehälter löhne mitarbeiter artikel zeilen einwohner gäste
    personen patienten produkte städte länder orte filialen belege retouren teile anrufe nutzer
    unfälle tickets aufrufe spenden projekte mitglieder schäden mängel zutaten reisen fahrten anlagen
    konten rechnungen stücke flüge zugänge abgänge eintritte austritte kündigungen übernachtungen
    standorte kanäle abteilungen linien maschinen schichten sorten marken kategorien warengruppen
""")
# These end in s, as English plurals do, and are one.
_SINGULAR_S = _endings("ss us is ös as os nis eis kurs zins rabatts saldos ergebnis")


def in_form(noun: str, form: str, named: str) -> str:
    """Returns a noun in a form; “satz” is the noun, or a whole sentence, at the start of one."""
    if form == "satz":
        return at_start(noun)
    if form == "dativ":
        return _dative(noun)
    if form in _ARTICLES:
        return f"{_with_article(form, named)} {noun}"
    return noun


def is_plural(noun: str) -> bool:
    """True if a noun names several: Bestellungen, Kosten, visits."""
    head = head_of(noun)
    if head.endswith(_PLURALS):
        return True
    is_acronym = head.upper() in noun
    return head.endswith("s") and not is_acronym and not head.endswith(_SINGULAR_S)


def gender_of(noun: str) -> str | None:
    """Returns m, f or n by the last word of a noun; None if it does not tell."""
    head = head_of(noun)
    return next((gender for gender, ends in _GENDERS.items() if head.endswith(ends)), None)


def head_of(noun: str) -> str:
    """Returns the word that decides, in lower case: of “Umsatz je Kunde” the first."""
    words = re.findall(r"[^\W\d_]+", _AFTER_HEAD.sub("", noun))
    return words[-1].lower() if words else ""


def _with_article(preposition: str, noun: str) -> str:
    """Returns a preposition with the article of a noun, if that needs no other ending."""
    articles = _ARTICLES[preposition]
    if is_plural(noun):
        is_known = head_of(noun).endswith(_PLURALS) and head_of(noun).endswith(("n", "s"))
        return articles["plural"] if is_known else preposition
    gender = gender_of(noun)
    return articles[gender] if gender else preposition


def _dative(plural: str) -> str:
    """Returns the dative of a plural: Aufträge, Aufträgen."""
    is_word = plural[:1].isupper() and plural[-1:].isalpha()
    return f"{plural}n" if is_word and plural.endswith(("e", "er", "el")) else plural
