"""Values of statuses that change what a row means, and those of the rows that count."""

STATUS_NAMES = frozenset({
    "status", "state", "zustand", "result", "outcome", "payment", "order", "fulfillment", "stage",
    "disposition",
})  # fmt: skip
APART = frozenset({
    "failed", "failure", "refunded", "refund", "partially refunded", "cancelled", "canceled",
    "cancellation", "void", "voided", "declined", "rejected", "test", "deleted", "chargeback",
    "charged back", "charge back", "returned", "duplicate", "draft", "reversed", "reversal", "error",
    "invalid", "expired", "abandoned", "no show", "no-show", "storniert", "storno", "abgebrochen",
    "erstattet", "fehlgeschlagen", "geloscht", "zuruckgegeben", "retourniert", "abgelehnt",
    "ungultig", "entwurf", "testbestellung", "disputed", "written off",
})  # fmt: skip
# What never came about, or was taken back, in any trade.
NEVER_COUNT = frozenset({
    "failed", "refunded", "refund", "cancelled", "canceled", "void", "voided", "test", "deleted",
    "chargeback", "charged back", "charge back", "duplicate", "reversed", "storniert", "storno",
    "erstattet", "fehlgeschlagen", "geloscht", "testbestellung",
})  # fmt: skip
COUNT = frozenset({
    "completed", "complete", "paid", "success", "succeeded", "successful", "delivered", "shipped",
    "fulfilled", "closed", "approved", "settled", "captured", "confirmed", "active", "processed", "ok",
    "done", "invoiced", "booked", "live", "real", "sold", "bezahlt", "abgeschlossen", "geliefert",
    "versendet", "erledigt", "bestatigt", "gebucht", "pending", "processing", "open", "new",
    "offen", "geschlossen", "neu", "aktiv", "laufend", "in bearbeitung", "genehmigt",
})  # fmt: skip
# A flag of such a name sets its rows apart.
FLAGS = frozenset({
    "test", "deleted", "cancelled", "canceled", "refunded", "void", "voided", "duplicate", "storniert",
    "geloscht", "internal", "fake", "spam",
})  # fmt: skip
