"""Amounts that are held against each other in business, in English and German."""

from typing import NamedTuple

REVENUE = frozenset({
    "revenue", "revenues", "sales", "turnover", "umsatz", "erlos", "erlose", "gmv", "takings",
    "proceeds", "einnahmen",
})  # fmt: skip
COST = frozenset({
    "cost", "costs", "cogs", "expense", "expenses", "kosten", "ausgaben", "aufwand", "expenditure",
})  # fmt: skip
PROFIT = frozenset({"profit", "profits", "gewinn", "ebit", "ebitda", "margin", "marge",
                    "deckungsbeitrag", "earnings", "surplus"})  # fmt: skip
MONEY_NAMES = frozenset({
    "amount", "price", "fee", "fees", "salary", "wage", "invoice", "payment", "donation", "spend",
    "spent",
    "betrag", "preis", "gebuhr", "gehalt", "lohn", "rechnung", "zahlung", "spende", "compensation",
})  # fmt: skip
SPENT = COST | {"spend", "spent", "spending"}
MARGIN = frozenset({"margin", "marge", "deckungsbeitrag"})  # perhaps as a share
# A cost with one of these is one cost of several.
PARTIAL = frozenset({
    "shipping", "freight", "marketing", "media", "ad", "advertising", "labor", "labour", "material",
    "energy", "versand", "fixed", "variable", "overhead", "acquisition", "living", "medical", "repair",
    "maintenance", "travel",
})  # fmt: skip
HEADS = frozenset({
    "headcount", "employees", "staff", "fte", "ftes", "workforce", "mitarbeiter", "population",
    "inhabitants", "einwohner", "bevolkerung",
})  # fmt: skip
QUANTITY = frozenset({
    "quantity", "qty", "units", "pieces", "pcs", "menge", "stuckzahl", "anzahl", "stuck", "stk",
    "absatz",
})  # fmt: skip
DONE = QUANTITY | frozenset({
    "output", "produced", "production", "lines", "picks", "picked", "packed", "orders", "calls",
    "tickets",
    "parcels", "deliveries", "delivered", "tasks", "visits", "cases", "treated", "served", "produktion",
    "ausstoss", "gefertigt", "produziert", "auftrage", "sendungen", "covers",
})  # fmt: skip
UNIT_PRICE = frozenset({"price", "preis", "einzelpreis", "stuckpreis"})
UNIT_COST = frozenset({"stuckkosten", "einkaufspreis", "einstandspreis", "herstellkosten"})

# A column with one of the first is a part of a like-named one with one of the second.
PART = frozenset({
    "sold", "occupied", "booked", "used", "filled", "scrapped", "defective", "rejected", "failed",
    "returned", "opened", "clicked", "delivered", "converted", "accepted", "paid", "completed", "lost",
    "cancelled", "verkauft", "belegt", "genutzt", "ausschuss", "erledigt",
})  # fmt: skip
WHOLE = frozenset({
    "available", "offered", "total", "capacity", "produced", "made", "sent", "shipped", "received",
    "planned", "inspected", "tested", "visited", "invited", "all", "verfugbar", "produziert", "gesamt",
})  # fmt: skip
FILLERS = frozenset({"total", "number", "of", "count"})
RATES = {
    "scrapped": "scrap rate", "defective": "defect rate", "rejected": "reject rate",
    "failed": "failure rate", "returned": "return rate", "opened": "open rate",
    "converted": "conversion rate", "occupied": "occupancy", "booked": "occupancy",
    "cancelled": "cancellation rate", "belegt": "Auslastung", "ausschuss": "Ausschussquote",
}  # fmt: skip


FILLED = frozenset({"occupancy", "Auslastung"})


class Ratio(NamedTuple):
    """What is held against what; `percent` if it is a share of it."""

    above: frozenset[str]
    below: frozenset[str]
    label: str  # empty for “above per below”
    percent: bool = False


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RATIOS = (
    Ratio(PROFIT - MARGIN, REVENUE, "margin", percent=True),
    Ratio(REVENUE, HEADS, ""),
    Ratio(COST, HEADS, ""),
    Ratio(REVENUE, _words("orders bestellungen transactions bookings"), ""),
    Ratio(REVENUE, _words("customers kunden visitors besucher"), ""),
    Ratio(_words("clicks klicks"), _words("impressions impressionen"), "click-through rate",
          percent=True),
    Ratio(_words("conversions purchases signups bestellungen anmeldungen"),
          _words("clicks klicks"), "conversion rate", percent=True),
    Ratio(_words("orders purchases conversions bestellungen"),
          _words("visits sessions visitors besucher"), "conversion rate", percent=True),
    Ratio(_words("opens opened"), _words("delivered"), "open rate", percent=True),
    Ratio(_words("clicks klicks"), _words("delivered"), "click rate", percent=True),
    Ratio(_words("unsubscribes"), _words("delivered"), "unsubscribe rate", percent=True),
    Ratio(_words("bounces"), _words("sent"), "bounce rate", percent=True),
    Ratio(_words("scrap ausschuss waste rejects"), _words("produced production output"), "scrap rate",
          percent=True),
    Ratio(_words("spend spent kosten"), _words("clicks klicks"), "cost per click"),
    Ratio(_words("spend spent kosten"),
          _words("conversions leads signups purchases bestellungen anmeldungen"), ""),
    Ratio(REVENUE, _words("spend spent"), "return on spend"),
    Ratio(_words("defects defective"),
          _words("produced production output units"), "defect rate", percent=True),
    Ratio(_words("returns refunds retouren"), _words("orders sold bestellungen"), "return rate",
          percent=True),
    Ratio(_words("leavers exits terminations"), HEADS, "leaver rate", percent=True),
    Ratio(_words("occupied"), _words("capacity beds rooms available"), "occupancy", percent=True),
    Ratio(_words("sold booked belegt verkauft"), _words("available capacity verfugbar kapazitat"),
          "occupancy", percent=True),
    Ratio(_words("deaths"), _words("cases"), "deaths per case", percent=True),
    Ratio(_words("crimes accidents births"), HEADS, ""),
)  # fmt: skip
