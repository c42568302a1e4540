"""Words for what one row is, in English and German."""

# Endings of names that identify a thing: order_id, invoice no, Kundennummer is one word in German.
KEY_WORDS = frozenset({
    "id", "ids", "key", "no", "nr", "number", "num", "nbr", "code", "uuid", "guid", "#", "nummer",
    "ref", "reference", "kennung", "sku",
})  # fmt: skip
GERMAN_ENDINGS = ("ung", "heit", "keit", "schaft")  # of things, whose plural ends in -en
GERMAN_KEYS = ("nummer", "nr", "id")  # glued to their noun
# These name no thing: the rows of any table have such numbers.
NO_THINGS = frozenset({
    "row", "record", "entry", "index", "obs", "observation", "line", "item", "unique", "my", "unnamed",
    "serial", "sequence", "seq", "object", "primary", "pk", "zeile", "zeilen", "datensatz", "lfd",
    "laufende", "position", "pos", "postal", "zip", "phone", "area",
})  # fmt: skip
# Singular and plural of things that rows are; an unknown noun gets a plural by rule if English.
PLURALS = {
    "order": "orders", "customer": "customers", "person": "people", "employee": "employees",
    "patient": "patients", "child": "children", "staff": "employees", "company": "companies",
    "match": "matches", "bestellung": "Bestellungen", "bestell": "Bestellungen",
    "auftrag": "Aufträge", "auftrags": "Aufträge", "kunde": "Kunden", "kunden": "Kunden",
    "rechnung": "Rechnungen", "rechnungs": "Rechnungen", "mitarbeiter": "Mitarbeiter",
    "personal": "Mitarbeiter", "patienten": "Patienten", "artikel": "Artikel",
    "vertrag": "Verträge", "vertrags": "Verträge", "buchung": "Buchungen", "buchungs": "Buchungen",
    "fall": "Fälle", "beleg": "Belege", "ticket": "tickets", "liefer": "Lieferungen",
    "produkt": "Produkte", "stadt": "Städte", "land": "Länder", "kanal": "Kanäle", "ort": "Orte",
    "filiale": "Filialen", "marke": "Marken", "kategorie": "Kategorien", "gericht": "Gerichte",
    "abteilung": "Abteilungen", "linie": "Linien", "maschine": "Maschinen", "standort": "Standorte",
    "lieferant": "Lieferanten", "mitglied": "Mitglieder", "schalter": "Schalter", "gast": "Gäste",
    "warengruppe": "Warengruppen", "sorte": "Sorten", "quelle": "Quellen", "besucher": "Besucher",
    "lieferung": "Lieferungen", "bundesland": "Bundesländer", "projekt": "Projekte", "haus": "Häuser",
}  # fmt: skip
# Plurals that a file may be called after, if it has no key that says what a row is.
FILE_NOUNS = frozenset({
    "orders", "customers", "employees", "incidents", "tickets", "invoices", "patients", "visits",
    "transactions", "shipments", "deliveries", "payments", "bookings", "accounts", "subscriptions",
    "products", "trips", "flights", "claims", "projects", "tasks", "leads", "deals", "opportunities",
    "contracts", "members", "users", "students", "stores", "campaigns", "sessions", "events", "calls",
    "surveys", "responses", "respondents", "loans", "purchases", "refunds", "complaints", "admissions",
    "machines", "vehicles", "properties", "listings", "rentals", "donations", "donors", "applications",
    "candidates", "suppliers", "parts", "batches", "inspections", "accidents", "crimes", "cases",
    "schools", "hospitals", "airports", "countries", "cities", "movies", "films", "games", "matches",
    "reviews", "jobs", "hires", "expenses", "policies", "appointments", "reservations",
    "bestellungen", "kunden", "rechnungen", "mitarbeiter", "buchungen", "lieferungen", "patienten",
    "auftraege", "auftrage", "vertraege", "vertrage", "spenden", "besuche", "unfalle",
})  # fmt: skip
# These consist of lines, on which what is theirs may be repeated.
WITH_LINES = frozenset({
    "order", "invoice", "transaction", "receipt", "basket", "sale", "booking", "shipment", "purchase",
    "bestell", "bestellung", "auftrag", "auftrags", "rechnung", "rechnungs", "beleg",
})  # fmt: skip
GERMAN_LINES = frozenset({
    "bestell", "bestellung", "auftrag", "auftrags", "rechnung", "rechnungs", "beleg",
})  # fmt: skip


def of_compound(word: str) -> str | None:
    """Returns the thing of a name without gaps, as German has them: kundennummer, orderid."""
    for ending in GERMAN_KEYS:
        thing = word.removesuffix(ending)
        if thing != word and len(thing) > 2 and (ending == "nummer" or thing in PLURALS):
            return thing if thing in PLURALS else _without_joint(thing)
    return None


def _without_joint(thing: str) -> str:
    """Returns a German thing without the s that joins it to its key: Störung of Störungsnummer."""
    bare = thing.removesuffix("s")
    return bare if bare in PLURALS or bare.endswith(GERMAN_ENDINGS) else thing


def plural_of(thing: str) -> str:
    """Returns the plural of a thing's name, by rule if it is not known."""
    if known := PLURALS.get(thing):
        return known
    if thing.endswith(GERMAN_ENDINGS):
        return f"{thing.capitalize()}en"
    if thing.endswith("s") and not thing.endswith("ss"):
        return thing
    if thing.endswith("y") and thing[-2:-1] not in tuple("aeiou"):
        return thing[:-1] + "ies"
    return thing + ("es" if thing.endswith(("s", "x", "z", "ch", "sh")) else "s")


def singular_of(plural: str) -> str:
    """Returns what one of several things is called, by rule if it is not known."""
    known = next((one for one, many in PLURALS.items() if many.lower() == plural.lower()), None)
    if known:
        return known.capitalize() if plural[:1].isupper() else known
    if plural.endswith("ies"):
        return plural[:-3] + "y"
    if plural.endswith(("xes", "ches", "shes", "sses")):
        return plural[:-2]
    return plural.removesuffix("s") if plural.isascii() and not plural.endswith("ss") else plural
