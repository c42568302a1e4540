"""Words for groups of one kind: a shop may stand in a column of sites, a dish in one of items."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PEOPLE = (2, 3)  # which of them are people
FAMILIES = (
    _words("""
        region country market state city location place area territory district county province zone
        store shop branch outlet site plant office hotel restaurant building warehouse depot school
        hospital clinic station airport factory land ort stadt gebiet standort filiale werk markt
        lager büro schule bundesland niederlassung
    """),
    _words("""
        product item article sku category brand model dish meal drink range line collection service
        material part vehicle car book title package good fruit vegetable produkt artikel ware
        warengruppe kategorie marke modell gericht leistung sorte
    """),
    _words("""
        customer client account buyer shopper guest member user subscriber company partner dealer
        donor patient person name segment family parent child kid familie eltern kind visitor student
        pupil passenger tenant household donor
        participant respondent resident citizen kunde gast mitglied nutzer firma patient schüler
        besucher mieter
    """),
    _words("""
        employee staff agent person name team department rep seller salesperson manager driver
        technician colleague worker nurse teacher group squad unit division mitarbeiter verkäufer
        vertreter abteilung gruppe bereich kollege
    """),
    _words("""
        channel source medium campaign ad platform device referrer network site kanal quelle
        kampagne plattform gerät
    """),
    _words("supplier vendor carrier partner company lieferant spediteur firma hersteller"),
    _words("project task job assignment ticket projekt aufgabe auftrag"),
    _words("machine line plant equipment device tool maschine anlage linie werk gerät"),
    _words("contract plan tariff subscription package tier vertrag tarif abo paket"),
)
