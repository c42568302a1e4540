"""German tables as German tools write them, and briefs about them."""

import datetime
import random
from collections.abc import Callable, Iterable

MONTHS = [f"01.{month:02d}.{year}" for year in (2022, 2023, 2024) for month in range(1, 13)]
Rows = Iterable[tuple[object, ...]]


def _money(amount: float) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def sales() -> Rows:
    """Three regions, of which the south grows and the west shrinks; December is high."""
    chance = random.Random(3)
    yield "Monat", "Region", "Warengruppe", "Umsatz (€)"
    for place, month in enumerate(MONTHS):
        for region, base, step in (("Nord", 900, 2), ("Süd", 700, 14), ("West", 800, -6)):
            for group, part in (("Möbel", 2.0), ("Leuchten", 1.0)):
                season = 1.3 if month[3:5] == "12" else 1.0
                amount = (base + step * place) * part * season * chance.uniform(0.97, 1.03)
                yield month, region, group, _money(amount)


def orders() -> Rows:
    """Orders of customers, some of whom come again."""
    chance = random.Random(5)
    yield "Bestellnummer", "Kundennummer", "Bestelldatum", "Stadt", "Zahlungsart", "Betrag (€)"
    for place in range(400):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=place % 366)
        customer = chance.choice(range(60)) if chance.random() < 0.5 else 60 + place
        city = chance.choices(("Berlin", "Hamburg", "Köln"), (5, 3, 2))[0]
        kind = chance.choice(("Rechnung", "Karte"))
        amount = _money(chance.lognormvariate(4, 0.5))
        yield f"B{place:05d}", f"K{customer:04d}", f"{day:%d.%m.%Y}", city, kind, amount


def members() -> Rows:
    """Members, of whom those with a contract by the month leave."""
    chance = random.Random(7)
    yield "Mitgliedsnummer", "Vertrag", "Filiale", "Alter", "Kündigung"
    for place in range(300):
        contract = ("Monatlich", "Jährlich")[place % 2]
        leaves = chance.random() < (0.45 if contract == "Monatlich" else 0.08)
        branch = ("Mitte", "Ost")[place % 3 % 2]
        yield 10_000 + place, contract, branch, chance.randint(18, 70), "ja" if leaves else "nein"


def dishes() -> Rows:
    """Dishes, of which one costs more than it brings."""
    yield "Monat", "Gericht", "Umsatz", "Kosten"
    for place, month in enumerate(MONTHS[:24]):
        for dish, revenue, cost in (("Suppe", 400, 250), ("Fisch", 300, 340), ("Nudeln", 900, 500)):
            yield month, dish, revenue + place % 5, cost + place % 3


def campaigns() -> Rows:
    """Channels with what they cost and bring."""
    chance = random.Random(9)
    yield "Monat", "Kanal", "Kosten", "Klicks", "Bestellungen"
    for month in MONTHS:
        for channel, cost, clicks in (("Suche", 900, 700), ("Anzeigen", 700, 300), ("Plakat", 500, 90)):
            visits = int(clicks * chance.uniform(0.9, 1.1))
            yield month, channel, cost + chance.randint(-50, 50), visits, visits // 12


def plans() -> Rows:
    """What was planned and what came."""
    yield "Monat", "Bereich", "Ist", "Plan"
    for place, month in enumerate(MONTHS[:12]):
        for area, actual, planned in (("Vertrieb", 110, 100), ("Service", 80, 95), ("Technik", 62, 60)):
            yield month, area, actual + place, planned + place


def faults() -> Rows:
    """Faults with their times, of which one team takes longest."""
    chance = random.Random(11)
    yield "Störungsnummer", "Gemeldet", "Behoben", "Priorität", "Mannschaft"
    start = datetime.datetime(2024, 1, 1, 8, tzinfo=datetime.UTC)
    for place in range(260):
        told = start + datetime.timedelta(hours=place * 30)
        team = ("Früh", "Spät", "Nacht")[place % 3]
        done = told + datetime.timedelta(hours=chance.uniform(2, 8) * (3 if team == "Nacht" else 1))
        level = chance.choice(("hoch", "normal"))
        yield f"S{place:04d}", f"{told:%d.%m.%Y %H:%M}", f"{done:%d.%m.%Y %H:%M}", level, team


def stock() -> Rows:
    """What lies in stock."""
    chance = random.Random(13)
    yield "Artikelnummer", "Warengruppe", "Bestand", "Meldebestand", "Einkaufspreis (€)"
    for place in range(120):
        group = ("Schrauben", "Bretter", "Farben")[place % 3]
        yield f"A{place:04d}", group, chance.randint(0, 90), 25, _money(chance.uniform(1, 40))


def energy() -> Rows:
    """Days with their consumption, which goes with the cold."""
    chance = random.Random(15)
    yield "Datum", "Verbrauch (kWh)", "Temperatur (°C)"
    for place in range(365):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=place)
        cold = abs(182 - place) / 182
        warm = round(22 - 20 * cold + chance.gauss(0, 2), 1)
        used = round(100 + 90 * cold + chance.gauss(0, 6), 1)
        yield f"{day:%d.%m.%Y}", str(used).replace(".", ","), str(warm).replace(".", ",")


TABLES: dict[str, Callable[[], Rows]] = {
    "umsatz": sales, "bestellungen": orders, "mitglieder": members, "gerichte": dishes,
    "kampagnen": campaigns, "plan": plans, "störungen": faults, "lager": stock, "energie": energy,
}  # fmt: skip
BRIEFS = (
    ("umsatz", "Wie hat sich der Umsatz entwickelt, und welche Region liegt vorn?"),
    ("umsatz", "Welche Region ist am stärksten gewachsen?"),
    ("umsatz", "Was steckt hinter dem Anstieg des Umsatzes 2024 gegenüber dem Vorjahr?"),
    ("umsatz", "In welchen Monaten ist der Umsatz am höchsten?"),
    ("umsatz", "Monatsbericht zum Umsatz für den Vorstand"),
    ("umsatz", "Welchen Umsatz können wir im nächsten Quartal erwarten?"),
    ("bestellungen", "Wie viele Kunden kommen wieder, und wie hoch ist der Betrag je Bestellung?"),
    ("bestellungen", "Hängen wir von wenigen Kunden ab?"),
    ("bestellungen", "Wie hoch ist der Betrag nach Stadt und Zahlungsart?"),
    ("mitglieder", "Warum verlassen uns Mitglieder?"),
    ("mitglieder", "Unterscheiden sich die Verträge bei der Kündigung?"),
    ("gerichte", "Welche Gerichte machen Verlust, und was sollten wir tun?"),
    ("gerichte", "Wie hoch ist die Marge nach Gericht?"),
    ("kampagnen", "Welcher Kanal bringt die meisten Bestellungen je Euro Kosten?"),
    ("plan", "Wo liegen wir unter Plan?"),
    ("störungen", "Wie lange dauert die Behebung, und welche Mannschaft braucht am längsten?"),
    ("störungen", "An welchem Wochentag gibt es die meisten Störungen?"),
    ("lager", "Wie viele Artikel liegen unter dem Meldebestand, und wie viel Geld ist gebunden?"),
    ("energie", "Hängt der Verbrauch mit der Temperatur zusammen?"),
    ("energie", "Gibt es ungewöhnliche Tage beim Verbrauch?"),
)
