"""Words that people use for one another about measures and groups, in English and German."""

GROUPS: tuple[frozenset[str], ...] = tuple(
    frozenset(line.split())
    for line in (
        "revenue sales sell turnover gmv mrr takings umsatz "
        "verkauf verkaufen verkauft verkäufe erlös erlöse income proceeds einnahmen "
        "amount betrag total",
        "customer client account buyer shopper kunde kunden guest subscriber",
        "employee staff headcount workforce people fte mitarbeiter person personal emp",
        "cost spend expense spending kosten ausgaben budget cheap expensive pay paid kostet "
        "zahlen zahlt bezahlt",
        "profit earnings margin gewinn marge deckungsbeitrag",
        "product item article sku produkt artikel ware warengruppe goods",
        "country region market state city location place area territory land ort stadt gebiet länder",
        "churn attrition leave left lose loses losing lost cancel cancelled churned quit "
        "cancellation kündigung abwanderung leaver",
        "visit session traffic visitor visits besuch besucher",
        "quantity unit volume qty menge units stück absatz sold",
        "store shop branch outlet filiale markt",
        "channel source medium kanal quelle",
        "temperature warm warmer cold colder hot hotter heat",
        "energy electricity consumption kwh strom verbrauch power",
        "stock inventory hand bestand lager",
        "order purchase transaction basket bestellung kauf invoice buy",
        "conversion convert buy order purchase signup",
        "late delay delayed overdue lateness verspätet verspätung spät pünktlich punctual",
        "team department group abteilung gruppe unit squad",
        "wage salary pay earn income lohn gehalt earnings",
        "satisfaction satisfied happy unhappy happiest unhappiest rating score csat "
        "zufriedenheit zufrieden",
        "crash error fail failure defect bug fehler failed mistake fault mispick misprint "
        "stable stability unstable reliable reliability",
        "scrap waste reject ausschuss defect rejected",
        "occupancy full occupied auslastung belegung sold",
        "page path url seite attention view views pageviews",
        "class grade klasse",
        "subject fach",
        "score result mark points note punkte test",
        "attention view views visit traffic",
        "agent employee person name who assigned assignee technician handler bearbeiter",
        "reject rejected rejection decline declined deny denied refuse refused abgelehnt",
        "fail failed failure",
        "return returned refund refunded",
        "balance saldo kontostand stand",
        "month monat",
        "hour hours stunden stunde time overtime",
        "deal contract vertrag contracts",
        "student pupil schüler",
        "machine line anlage linie maschine",
        "output production produced ausstoß produktion stück",
        "carrier supplier vendor lieferant spediteur",
        "carrier airline fluggesellschaft",
        "sex gender geschlecht",
        "arrival arrive arr ankunft ankünfte visitor visitors besucher",
        "departure depart dep abfahrt abflug",
        "department dept",
        "national nat",
        "population pop inhabitant einwohner",
        "nation national country land",
        "advertising ad ads campaign werbung anzeige",
        "response answer reply antwort",
        "size sqm area space floor fläche größe",
        "passed pass bestanden bestehen",
        "readmitted readmission wiederaufnahme",
        "returned return retoure zurückgeschickt",
        "price preis preise kurs cost costs kosten kostet cheap expensive teuer",
        "birth births born baby babies newborn geburt geburten geboren",
        "viewer viewers audience watch listen listener play stream download zuschauer hörer publikum",
        "wet wetter wettest rainiest precipitation precip niederschlag",
        "guest gast gäste covers",
        "signup registration anmeldung anmeldungen",
        "call calls anruf anrufe",
        "age old older oldest young younger youngest alter alt älter jünger",
        "planted built founded opened pflanzjahr baujahr jahrgang gründung old older oldest young "
        "younger youngest alt älter ältest jünger jüngst",
        "user users use uses people person nutzer nutzen",
        "finish finished complete completed completion done fertig abgeschlossen beendet",
        "solve solved resolve resolved resolution close closed gelöst lösung erledigt",
        "condition state shape zustand",
        "home house listing property flat apartment dwelling haus wohnung immobilie",
        "asking list",
        "size big bigger large larger small smaller größe groß klein",
        "distance far length km strecke weit entfernung",
        "death deaths died dies killed fatality tote gestorben todesfälle",
        "generation generate generated erzeugung erzeugt",
        "consumption consume consumes verbrauch verbrauchen verbraucht brauchen braucht",
        "payout compensation settlement entschädigung",
        "sick sickness ill illness absence absent krank krankheit krankheitstage fehltage fehlzeit",
        "person mensch head kopf bewohner",
        "stay night tenure aufenthalt übernachtung",
        "come visit attendance attend kommen besuch",
        "inventory tight scarce supply",
    )
)
# Words of questions that name nothing in a table.
EMPTY = frozenset(
    word
    for line in (
        "the and how what why when which who where did does are was were has have our their for from",
        "with this that these those most more less best worst top last first per not can all any into",
        "over than they you your its there about much many high low one we us is do of in on at to a",
        "an by be it or as so if my me",
        "wie was warum wann welche welcher welches wer wo hat haben ist sind war unser unsere der die",
        "das und oder für von mit auf aus bei zu zur zum im in am den dem des ein eine einer",
        "insgesamt sich uns",
    )
    for word in line.split()
)
