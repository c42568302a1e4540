"""Words of outcomes: pairs of values, of which the first is the one that counts; English and German."""

YES_NO = (("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"), ("ja", "nein"), ("wahr", "falsch"))
# The value that counts, the values that may stand for its opposite, and whether it is good.
PAIRS: tuple[tuple[frozenset[str], frozenset[str], bool | None], ...] = tuple(
    (frozenset(counts.split("|")), frozenset(other.split("|")), good)
    for counts, other, good in (
        ("failed|failure|fail|fehlgeschlagen|nicht bestanden",
         "paid|success|succeeded|successful|passed|pass|ok|completed|bezahlt|erfolgreich|bestanden",
         False),
        ("defaulted|default|charged off", "paid|fully paid|repaid|performing|current", False),
        ("unpaid|overdue|offen|uberfallig", "paid|bezahlt", False),
        ("churned|lost|cancelled|canceled|gekundigt|left",
         "active|retained|stayed|kept|current|aktiv|geblieben", False),
        ("won|gewonnen", "lost|verloren", True),
        ("win", "loss|lose", True),
        ("approved|accepted|genehmigt|angenommen", "rejected|declined|denied|refused|abgelehnt", True),
        ("converted|purchased|bought|gekauft", "not converted|not purchased|bounced|abandoned", True),
        ("returned|refunded|retourniert", "kept|delivered|not returned|completed|behalten", False),
        ("late|delayed|verspatet", "on time|on-time|ontime|punctual|punktlich", False),
        ("died|dead|deceased|verstorben", "survived|alive|uberlebt", False),
        ("defective|defect|nok|not ok|n.i.o.|nio", "ok|good|i.o.|io|fine", False),
        ("fraud|fraudulent", "legitimate|legit|genuine|not fraud", False),
        ("renewed|verlangert", "not renewed|lapsed|expired|cancelled|canceled", True),
        ("breached|missed|violated", "met|within sla|kept|in sla", False),
        ("attended|show", "no show|no-show|missed", True),
    )
)  # fmt: skip
# Words of a column's name that say what happens in it, and whether that is good.
GOOD = frozenset({
    "converted", "conversion", "survived", "won", "win", "purchased", "purchase", "renewed", "renewal",
    "approved", "approval", "passed", "responded", "response", "subscribed", "retained", "resolved",
    "paid", "success", "successful", "promoted", "hired", "attended", "recommended", "repeat",
    "gewonnen", "gekauft", "verlangert", "bezahlt", "bestanden", "zufrieden", "satisfied",
})  # fmt: skip
BAD = frozenset({
    "churn", "churned", "attrition", "default", "defaulted", "readmitted", "readmission", "cancelled",
    "canceled", "cancellation", "returned", "refunded", "fraud", "late", "delayed", "died", "bounced",
    "failed", "failure", "defect", "defective", "exited", "lost", "breached", "breach", "complaint",
    "complained", "escalated", "injured", "overdue", "unsubscribed", "terminated", "rejected",
    "damaged", "damage", "broken", "spoiled", "beschadigt", "schaden",
    "resigned", "gekundigt", "kundigung", "verspatet", "storniert", "ausgefallen", "reklamation",
    "fehlerhaft",
})  # fmt: skip
HAPPENS = frozenset({"clicked", "opened", "diverted", "outcome", "won", "event", "result", "ergebnis"})
FLAG_WORDS = frozenset({"is", "has", "had", "was", "did", "flag", "ist", "hat", "hatte", "war"})
# Columns of two values that are no outcomes: they only tell groups apart.
NEVER = frozenset({"sex", "gender", "geschlecht", "group", "class", "treatment", "arm", "variant"})
# A blank in a column of such dates says that it has not happened; else a date may just be missing.
DATED = frozenset({
    "churn", "churned", "cancelled", "canceled", "cancellation", "returned", "refunded", "terminated",
    "termination", "resigned", "resignation", "converted", "conversion", "died", "death", "exit",
    "exited", "left", "unsubscribed", "kundigung", "gekundigt", "storniert", "austritt",
})  # fmt: skip
# Words of flags and dates that are decisions of GOOD and BAD under other names.
BAD_DATES = DATED - {"converted", "conversion"}
# What the share of rows with an outcome is the rate of.
_ENGLISH = {
    "churned": "churn", "converted": "conversion", "returned": "return", "refunded": "refund",
    "cancelled": "cancellation", "canceled": "cancellation", "survived": "survival",
    "failed": "failure", "readmitted": "readmission", "defaulted": "default", "renewed": "renewal",
    "passed": "pass", "attended": "attendance", "approved": "approval", "accepted": "acceptance",
    "rejected": "rejection", "declined": "rejection", "resigned": "resignation",
    "subscribed": "subscription", "died": "death", "unsubscribed": "unsubscription",
    "retained": "retention", "defective": "defect", "bounced": "bounce", "responded": "response",
    "purchased": "purchase", "resolved": "resolution", "terminated": "termination",
    "gekündigt": "Kündigung", "storniert": "Stornierung", "lost": "loss", "won": "win",
    "left": "leaving", "exited": "exit", "injured": "injury", "complained": "complaint",
    "escalated": "escalation",
}  # fmt: skip
_GERMAN = {
    "gekündigt": "Kündigung", "storniert": "Stornierung", "retourniert": "Retouren",
    "verspätet": "Verspätung", "gewonnen": "Gewinn", "verloren": "Verlust", "bezahlt": "Zahlung",
}  # fmt: skip
RATE_NOUNS = {"en": _ENGLISH, "de": _GERMAN}  # by the language of what is told
