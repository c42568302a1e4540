"""The small tables that docs/questions.md asks about, each with an English and a German header."""

import datetime
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SEASON = (0.8, 0.8, 0.9, 1.0, 1.0, 1.1, 1.2, 1.2, 1.0, 0.9, 0.9, 1.2)


@dataclass(frozen=True)
class Small:
    """One table under two headers."""

    english: str
    german: str
    rows: Sequence[Iterable[object]]


def _months(*years: int) -> list[str]:
    return [f"{year}-{month:02}-01" for year in years for month in range(1, 13)]


# Of each region the level of three years; lamps sell for a third of what tables do.
LEVELS = {"North": (300, 330, 360), "South": (200, 220, 280), "West": (160, 150, 130)}
SALES = [
    (date, region, product, round(level * SEASON[place % 12] * part))
    for place, date in enumerate(_months(2022, 2023, 2024))
    for region, levels in LEVELS.items()
    for product, part in (("Lamp", 1), ("Table", 3))
    for level in (levels[place // 12],)
]
ADS = [
    (date, channel, spend, clicks, bought)
    for date in _months(2024)
    for channel, spend, clicks, bought in (
        ("Letter", 900, 90, 30),
        ("Poster", 4_000, 300, 40),
        ("Radio", 500, 200, 50),
    )
]
BUDGET = [
    (date, site, budget, actual)
    for date in _months(2024)
    for site, budget, actual in (("Aachen", 1_000, 1_200), ("Bremen", 800, 780), ("Celle", 500, 500))
]
DISHES = [
    (date, dish, revenue, cost)
    for date in _months(2024)
    for dish, revenue, cost in (("Soup", 120, 70), ("Pasta", 150, 130), ("Steak", 200, 230))
]
LINES = [(date, output) for date, output in zip(_months(2022, 2023, 2024), [
    level + place * 7 % 9 for level in (100, 160, 80) for place in range(12)
], strict=True)]  # fmt: skip
MEMBERS = [
    (
        f"M{n}",
        ("Monthly", "Yearly")[n % 2],
        ("East", "West", "Mid")[n % 3],
        "Yes" if n % 2 == 0 and n % 5 < 3 else "No",
    )
    for n in range(300)
]
DISCOUNTS = [
    (f"O{n}", ("Home", "Trade")[n % 2], 200 + n, discount, profit + n % 3)
    for n in range(160)
    for discount, profit in (((0.0, 30), (0.1, 20), (0.2, 5), (0.3, -10))[n % 4],)
]
TICKETS = [
    (
        f"T{n}",
        ("North", "South")[n % 2],
        f"2024-01-{n % 28 + 1:02} 08:00",
        f"2024-01-{n % 28 + 1:02} {8 + (3, 10, 4, 11, 7, 14)[n % 6]:02}:00",
    )
    for n in range(120)
]
INVOICES = [
    (
        f"I{n}",
        customer,
        f"2024-{n % 12 + 1:02}-01",
        f"2024-{n % 12 + 1:02}-10",
        "" if n % 12 == 5 else f"2024-{n % 12 + 1:02}-{10 + delay + n % 3:02}",
        100 + n * 10,
    )
    for n in range(120)
    for customer, delay in ((("Ash", -3), ("Birch", 12), ("Cedar", -5))[n % 3],)
]
# Of fifty customers thirty come once, ten twice and ten four times; four spend most.
ORDERS = [
    (f"O{customer}-{n}", f"C{customer}", f"2024-{(customer + n) % 12 + 1:02}-{n + 2:02}",
     2_000 if customer < 4 else 50 + customer)
    for customer, times in enumerate([1] * 30 + [2] * 10 + [4] * 10)
    for n in range(times)
]  # fmt: skip
# Twenty come first in each of eight months; ten come again a month later, five three months later.
VISITS = [
    (f"M{month}-{n}", f"2024-{month + after:02}-{n + 1:02}", 10)
    for month in range(1, 9)
    for n in range(20)
    for after in (0, 1, 3)
    if (after == 0 or (after == 1 and n < 10) or (after == 3 and n < 5)) and month + after <= 8
] + [("M1-0", "2024-09-01", 10)]
CUSTOMERS = [
    (f"C{n}", ("Home", "Home", "Home", "Trade")[n % 4], 600 if n % 4 == 3 else 100) for n in range(80)
]
STAFF = [
    (f"E{year}{n}", ("Sales", "Care")[n % 2], f"{year}-03-{n + 1:02}",
     "2022-06-30" if year < 2021 and n < 4 else "", 40_000)
    for year in range(2019, 2024)
    for n in range(10)
]  # fmt: skip
HIRES = [
    (f"E{year}{n}", ("Office", "Shop")[n % 2], f"{year}-{3 + 2 * n:02}-01")
    for year in range(2020, 2024)
    for n in range(4)
]
DEPARTMENTS = [
    (date, name, heads, left)
    for date in _months(2024)
    for name, heads, left in (("Care", 40, 2), ("Sales", 80, 1))
]
HOURS = [
    (datetime.date(2024, 1, 1) + datetime.timedelta(days=week * 7 + day), name, hours)
    for week in range(4)
    for day in range(5)
    for name, hours in (("Ada", 8), ("Ben", 10 if week % 2 else 8), ("Cyd", 6))
]
PARTS = [(f"P{n}", ("Nuts", "Bolts")[n % 2], 5 if n % 4 == 1 else 50, 20, 2 + n % 3) for n in range(80)]
LEASES = [(f"L{n}", f"2025-{n % 6 + 1:02}-28" if n % 10 else "2999-12-31", 100 + n) for n in range(60)]
SURVEY = [
    (n, ("Office", "Plant")[n % 2], 3 + n % 3, 1 + n % 3, 2 + n % 4, 4 + n % 2) for n in range(120)
]
COMPLAINTS = [
    (f"K{n}", ("Quay", "Moor")[n % 2], text.format(place))
    for n, (text, place) in enumerate(
        (text, place)
        for text in (
            "My delivery came after Monday {}",
            "Deliveries to {} never arrive",
            "The invoice of {} shows a mistake",
            "Nobody at {} picks up the phone",
            "The delivery for {} was broken",
        )
        for place in ("Ayr", "Bath", "Cork", "Deal", "Ely", "Fife", "Hove", "Ince", "Jarrow", "Leek")
    )
]
_LUCK = random.Random(1)
ACCIDENTS = [
    (round(y + _LUCK.uniform(-0.05, 0.05), 4), round(x + _LUCK.uniform(-0.05, 0.05), 4), "minor")
    for y, x, number in ((40.4, -3.7, 90), (41.4, 2.2, 60))
    for _ in range(number)
]
FUNNEL = [("Visit", 8_000), ("Basket", 2_000), ("Payment", 1_500), ("Thanks", 300)]
PRICES = [
    (date, price, 1_200 - 40 * price)
    for date, price in zip(_months(2024), (10, 12, 14, 11, 13, 10, 12, 15, 14, 11, 13, 15), strict=True)
]
BOOKINGS = [
    (
        datetime.date(2024, 1, 1) + datetime.timedelta(days=n),
        desk,
        60 if (n, desk) == (40, "East") else usual + _LUCK.randint(-15, 15),
    )
    for n in range(120)
    for desk, usual in (("East", 500), ("West", 300))
]
PAPERS = [
    (2010 + n, ads, 20 + n, ads + 20 + n)
    for n in range(14)
    for ads in (40 + 2 * n if n < 6 else 50 - 4 * (n - 5),)
]
TABLES = {
    "papers": Small("year,ads,subscriptions,revenue", "Jahr,Anzeigenumsatz,Aboumsatz,Umsatz", PAPERS),
    "sales": Small("month,region,product,revenue", "Monat,Region,Produkt,Umsatz", SALES),
    "ads": Small(
        "month,channel,spend,clicks,conversions", "Monat,Kanal,Kosten,Klicks,Bestellungen", ADS
    ),
    "budget": Small("month,site,budget,actual", "Monat,Standort,Plan,Ist", BUDGET),
    "dishes": Small("month,dish,revenue,cost", "Monat,Gericht,Umsatz,Kosten", DISHES),
    "line": Small("month,output", "Monat,Ausstoß", LINES),
    "members": Small("member,contract,branch,churned", "Mitglied,Vertrag,Filiale,Kündigung", MEMBERS),
    "discounts": Small(
        "order,segment,sales,discount,profit", "Bestellung,Segment,Umsatz,Rabatt,Gewinn", DISCOUNTS
    ),
    "tickets": Small("ticket,team,created,answered", "Ticket,Team,Erstellt,Beantwortet", TICKETS),
    "invoices": Small(
        "invoice,customer,issued,due,paid,amount",
        "Rechnung,Kunde,Ausgestellt,Fällig,Bezahlt,Betrag",
        INVOICES,
    ),
    "orders": Small(
        "order id,customer id,order date,amount", "Bestellnummer,Kunde,Datum,Umsatz", ORDERS
    ),
    "visits": Small("customer id,date,amount", "Kunde,Datum,Betrag", VISITS),
    "customers": Small("customer id,segment,revenue", "Kundennummer,Segment,Umsatz", CUSTOMERS),
    "staff": Small(
        "employee id,department,hire date,exit date,salary",
        "Personalnummer,Abteilung,Eintritt,Austritt,Gehalt",
        STAFF,
    ),
    "hires": Small("employee id,team,hire date", "Personalnummer,Team,Eintritt", HIRES),
    "departments": Small(
        "month,department,headcount,leavers", "Monat,Abteilung,Mitarbeiter,Abgänge", DEPARTMENTS
    ),
    "hours": Small("date,employee,hours", "Datum,Mitarbeiter,Stunden", HOURS),
    "parts": Small(
        "sku,family,on hand,reorder level,unit cost",
        "Artikelnummer,Familie,Bestand,Meldebestand,Stückpreis",
        PARTS,
    ),
    "leases": Small("lease,end date,rent", "Vertrag,Ende,Miete", LEASES),
    "survey": Small(
        "id,site,Workload,Pay,Management,Team spirit",
        "Nr,Standort,Arbeitslast,Gehalt,Führung,Teamgeist",
        SURVEY,
    ),
    "complaints": Small("complaint id,shop,complaint", "Nr,Filiale,Beschwerde", COMPLAINTS),
    "accidents": Small("latitude,longitude,severity", "Breitengrad,Längengrad,Schwere", ACCIDENTS),
    "funnel": Small("step,people", "Schritt,Besucher", FUNNEL),
    "prices": Small("month,price,units", "Monat,Preis,Stück", PRICES),
    "bookings": Small("date,desk,bookings", "Datum,Schalter,Buchungen", BOOKINGS),
}
