"""Words of steps that people go through one after the other, in English and German."""

STEP_NAMES = frozenset({
    "step", "steps", "stage", "stages", "phase", "funnel", "schritt", "stufe", "station",
})  # fmt: skip
# The usual course of a purchase, of a sale, of an application: earlier words come first.
COURSES: tuple[tuple[frozenset[str], ...], ...] = tuple(
    tuple(frozenset(step.split("|")) for step in course.split())
    for course in (
        "impression|impressions|sent|versendet delivered|zugestellt opened|opens|open|geöffnet "
        "click|clicks|clicked|klicks|geklickt "
        "visit|visits|visitors|sessions|session|landing|besuche|besucher "
        "product|products|produkt|detail view|views|viewed|search cart|carts|basket|baskets|warenkorb "
        "checkout|checkouts|kasse shipping|address payment|payments|zahlung "
        "order|orders|ordered|purchase|purchases|purchased|conversion|conversions|bestellung|"
        "bestellungen|kauf|käufe repeat",
        "visit|visits|visitors signup|signups|signed|registered|registration|anmeldung|registrierung "
        "verified|confirmed onboarding|onboarded|setup trial|trials|test "
        "activated|activation|active|aktiv paid|paying|subscribed|subscription|subscriptions|upgrade "
        "renewed",
        "lead|leads|new contact|contacted|kontakt qualified|mql|sql|qualifiziert demo|meeting|meetings "
        "proposal|offer|quote|angebot negotiation|verhandlung won|closed|contract|gewonnen|abschluss",
        "application|applications|applied|applicants|bewerbung|bewerbungen "
        "screening|screened|cv phone|telephone|telefon interview|interviews|interviewed|gespräch "
        "onsite|final assessment|test|tests offer|offers|offered|angebot "
        "hired|hires|accepted|enrolled|eingestellt|einstellung",
    )
)
