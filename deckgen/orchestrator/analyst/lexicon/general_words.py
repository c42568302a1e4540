"""Words of questions that may stand for anything, and so name nothing that a table could lack."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people call their business, their data and their findings.
GENERAL = _words("""
    business company firm organisation organization enterprise shop operation operations industry
    situation picture story state status overview summary report board management meeting review
    analysis insight insights finding findings result results performance perform performing
    performance figure figures number numbers data dataset table file csv kpi kpis metric metrics
    measure measures value values detail details highlight highlights question questions answer
    answers reason reasons cause causes factor factors driver drivers thing things way ways part
    parts piece role difference differences pattern patterns trend trends change changes development
    issue issues problem problems matter matters challenge challenges opportunity opportunities
    strategy action actions attention improvement improvements decision decisions plan plans next
    step steps group groups category categories segment segments type types kind kinds level levels
    class classes variable variables dimension dimensions column columns row rows field fields entry
    entries item items case cases record records unit units area areas aspect aspects topic topics
    whole total totals sum average mean median share shares rate rates percent percentage ratio
    proportion distribution mix rank ranking order top bottom head heads point points side sides one
    ones other others rest everything anything something nothing everyone anyone someone nobody
    somebody me him her them him us myself people folks guys somewhere anywhere good well bad better
    worse great big small large new old long short real really current currently recent recently
    overall general generally main major key important significant usual typical different same
    similar clear strong weak healthy high-level possible likely actual actually still now today yet
    already ever never always often even just only also too very quite far soon time times date
    dates day days week weeks weekend month months quarter quarters half halves year years decade
    season seasons period periods hour hours minute minutes end beginning start january february
    march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter summer winter spring autumn fall per each every
    both either few several between across among within without during before after since until
    please tell show give list explain describe find see look looking know think want need wish help
    make makes made making get gets got getting take takes took taken taking go goes going gone went
    come comes came bring brings brought keep kept put use used using let say says said mean means
    work works working run running happen happens happened happening stand stands turn turned seem
    seems become became stay stayed remain explain matter count compare compared contribute
    contributes contributed would could should will shall might must cannot able going chance
    interesting surprising remarkable notable striking concerning worrying healthy sustainable happy
    popular popularity efficient efficiency beliebt effizient productive productivity productively
    unhappy satisfied true right wrong track success okay fine laggards laggard impact effect
    influence relationship correlation connection link english german deutsch englisch
""") | _words("""
    geschäft unternehmen firma betrieb lage situation bild stand überblick übersicht bericht
    ergebnis ergebnisse leistung zahl zahlen daten tabelle datei kennzahl kennzahlen wert werte
    grund gründe ursache ursachen faktor faktoren treiber ding dinge sache sachen teil teile rolle
    unterschied unterschiede muster entwicklung veränderung problem probleme maßnahme maßnahmen
    gruppe gruppen kategorie kategorien segment segmente art arten typ typen klasse klassen größe
    größen spalte spalten zeile zeilen bereich bereiche thema themen summe durchschnitt mittel
    anteil anteile quote prozent rang reihenfolge spitze ende anfang beginn zeit zeiten zeitraum
    datum tag tage tagen woche wochen monat monate monaten quartal quartale quartalen halbjahr jahr
    jahre jahren saison stunde stunden minute minuten januar februar märz mai juni juli oktober
    dezember montag dienstag mittwoch donnerstag freitag samstag sonntag weihnachten ostern sommer
    winter frühling herbst heute jetzt aktuell derzeit bisher zuletzt immer oft auch nur noch sehr
    mehr meiste meisten wenig wenigsten viel viele gut besser weg selbst vorn vorne hinten schlecht
    schlechter
    groß klein neu alt
    lang kurz alles nichts etwas jemand leute man wir ihr ich es sie dies diese dieser dieses jede
    jeder jedes jedem alle allen einen einem einer eines keine keinen nicht gar etwa ungefähr
    eigentlich gibt geben machen macht gemacht tun tut getan geht gehen gegangen läuft laufen
    gelaufen kommt kommen bringt bringen wird werden wurde wurden worden hatte hatten waren sein
    können kann konnte müssen muss soll sollen sollte sollten würde würden möchte bitte zeigen zeige
    zeig nennen nenne zusammenhang einfluss wirkung vergleich übrigen anderen andere anderer steht
    stehen liegt liegen bis ab vor nach seit während zwischen gegen ohne um durch wegen
""")
# These are names of measures, though they say what is asked for as well.
NOUNS = _words("""
    revenue revenues sales turnover profit profits margin margins headcount inventory customer
    customers client clients employee employees kunde kunden mitarbeiter gewinn gewinne marge margen
    belegschaft mitarbeiterzahl kundenzahl
""")
GROUPING = _words("by per across nach pro je")  # the noun after these is what groups are formed by
JOINING = _words("and or und oder sowie")
CHOOSING = _words("which welche welcher welches welchem welchen")
# The noun after these is what is asked for: most headcount, did headcount develop.
ASKING = _words("""
    many much most highest lowest fewest least total best worst biggest largest top main did do does
    has have hat haben viel viele meisten wenigsten höchste höchsten beste besten größte größten
    niedrigste niedrigsten
""")
DETERMINERS = _words("""
    the our your their its a an der die das den dem des unser unsere unserem unseren unserer
""")
BEING = _words("is are was were will ist sind war waren wird werden")
AUXILIARIES = _words("will do does did can could should would")  # a verb comes after the noun
