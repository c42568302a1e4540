"""How German questions say what they ask for: each pattern begins with a word, in any case."""

from deckgen.orchestrator.analyst.lexicon.questions.cues import Cue

PATTERNS: dict[Cue, str] = {
    Cue.MUCH: (
        r"wie (viel|hoch|gro(ß|ss)|stark|voll|zufrieden|gut)"
        r"|was (ist|sind|war|waren) (unser|die|der|das)"
        r"|was (koste(t|te|n|ten)|bringt|bringen|verdienen|zahlen|nehmen)\b|wie (teuer|schnell ist"
        r"|lang ist)"
    ),
    Cue.MANY: r"wie viele|anzahl",
    Cue.LONG: r"wie (lange|schnell)|wartezeit|dauert",
    Cue.WHICH: r"welche[rsmn]?|was bringt",
    Cue.WHO: r"wer\b|wem\b|wessen\b",
    Cue.WHERE: r"wo\b",
    Cue.WHEN: (
        r"wann\b|(welche[rmn]?|um welche) (uhrzeit|stunde|wochentag|tag|monat)|tageszeit|saison"
    ),
    Cue.MOST: (
        r"(am )?meiste[nrs]?\b|höchste[nrs]?\b|gr(ö|oe)(ß|ss)te[nrs]?\b|stärkste[nr]?\b|führt\b"
        r"|teuerste[nr]?\b|längste[nr]?\b"
    ),
    Cue.LEAST: (
        r"(am )?wenigste[nrs]?\b|niedrigste[nrs]?\b|kleinste[nrs]?\b|geringste[nrs]?\b"
        r"|günstigste[nrs]?\b"
    ),
    Cue.GOOD: r"beste[nrs]?\b|stärkste[nr]?\b",
    Cue.BAD: r"schlechteste[nrs]?\b|schwächste[nrs]?\b|unzufrieden\w*|problem\w*",
    Cue.UP: r"gewachsen|wachs\w*|wuchs|gestiegen|steig\w*|stieg|zugenommen|zunahme",
    Cue.DOWN: (
        r"geschrumpft|schrumpf\w*|gesunken|sink\w*|gefallen|fällt|verlier\w*|verloren|rückgang"
        r"|abgenommen|weniger"
    ),
    Cue.DEVELOP: (
        r"entwickel\w*|entwicklung|verlauf\w*|verändert\w*|veränder\w*|im zeitverlauf"
        r"|was ist (passiert|geschehen|los)|wie (läuft|laufen|lief|liefen|geht|stehen wir)\b"
        r"|wie steht es|(besser|schlechter|schlimmer) geworden"
        r"|(wird|werden|wurde|wurden) (es|das|sie|er|die|der) .{0,40}"
        r"(schlimmer|besser|schlechter|mehr|weniger)\b"
    ),
    Cue.COMPARE: (
        r"verglichen|vergleich\w*|gegenüber|im vorjahr|als (im|in|letzt\w*)"
        r"|vom ersten (zum|aufs|auf das)"
    ),
    Cue.PREVIOUS: (
        r"vorjahr\w*|vorquartal\w*|vormonat\w*"
        r"|(letzte|vorige|vergangene)[nsmr]? (jahr|quartal|monat|woche)|halbjahr\w*"
    ),
    Cue.CAUSE: (
        r"warum|welche (faktoren|größen)|wieso|weshalb|was (treibt|bestimmt|beeinflusst|erklärt)"
        r"|woran liegt|wovon häng(t|en)|treiber|ursache\w*|gründe"
    ),
    Cue.RELATION: (
        r"zusammenh\w*|häng(t|en) .{1,60}(zusammen|von)|lohnt|hilft\b|helfen\b"
        r"|n[üu]tzt\b|schadet\b"
        r"|macht .{2,60}\b(teurer|billiger|besser|schlechter|schneller|langsamer|höher|niedriger|länger"
        r"|kürzer|größer|kleiner|zufriedener|gesünder)\b|auswirk\w*|einfluss|beeinflusst|wirkt"
    ),
    Cue.EXPECT: (
        r"erwart\w*|mit .{1,40}\brechnen\b|prognos\w*|vorhers\w*"
        r"|nächste[nrsm]? (monat|quartal|jahr|woche)|werden wir"
    ),
    Cue.NEXT: (
        r"(nächste[nrsm]?|kommende[nrsm]?) (\w+ )?(monate?|quartale?|jahre?|wochen?)\b|werden wir"
        r"|bis (ende|zum ende)"
    ),
    Cue.UNUSUAL: r"ungewöhnlich\w*|auffällig\w*|ausreißer|anomali\w*|merkwürdig\w*",
    Cue.FUNNEL: r"trichter|abspr(ung|ing)\w*",
    Cue.RETURN: r"kommen wieder|wiederkehr\w*|wiederkauf\w*|treu\w*|stammkund\w*|mehrfach",
    Cue.SEGMENTS: r"(kunden)?segment\w*|cluster\w*|kundengruppen",
    Cue.WHAT_IF: r"was (wäre|passiert|würde|geschieht)\b.{0,30}wenn|was wenn|angenommen,",
    Cue.ADVICE: (
        r"sollt?en wir\b(?!.{0,40}\b(erwarten|rechnen|ausgehen))|was können wir tun|was tun"
        r"|empfehl\w*|wie können wir|was folgt\b|was (heißt|bedeutet) das für\b"
    ),
    Cue.OVERVIEW: (
        r"was (sagen|zeigen|verraten) (uns )?(die|diese|unsere|meine) (daten|zahlen)\b"
        r"|was (sagt|zeigt) (uns )?(die|diese|unsere|meine) (tabelle|datei)\b|was fällt (uns )?auf\b"
        r"|was (muss|sollte) (ich|man) wissen\b|was (müssen|sollten) wir wissen\b"
        r"|wie (läuft|geht) (es|das geschäft|der laden)\b|wie stehen wir( da)?\b"
        r"|was (läuft|lief|geht|ging) (gut|schlecht|schief|nicht)\b"
        r"|(gibt es|was sind) ((die|unsere) )?((größten) )?probleme\b"
        r"|(wichtigsten?|zentralen?) (erkenntnisse|botschaften|ergebnisse)\b"
    ),
    Cue.PLANNED: (
        r"budget\w*|ziel(e|en|s)?\b|plan(s|wert\w*|zahlen)?\b|soll\b|vorgabe\w*|überschritten"
        r"|überzogen|im rahmen|verfehlt\w*|eingehalten"
    ),
    Cue.TEST: (
        r"signifikan\w*|zufällig\w*"
        r"|(bess|schlecht|schnell|langsam|höh|niedrig|größ|klein|stärk|schwäch|günstig|teur|läng|kürz)"
        r"er(e|en|es)? als"
    ),
    Cue.LOSE_MONEY: r"verlust\w*|unrentab\w*|rote zahlen|defizit\w*|machen minus",
    Cue.PROFIT: r"gewinn\w*|profit\w*|marge\w*|rentab\w*|verdien\w*|deckungsbeitrag",
    Cue.YEARLY: r"(pro|im|je) jahr|jährlich\w*|p\.a\.",
    Cue.AVERAGE: r"durchschnitt\w*|im schnitt|mittlere\w*|im mittel|üblich\w*|median",
    Cue.EACH: r"(pro|je) (?!jahr|monat|woche|tag|quartal)\w+",
    Cue.BY: r"(nach|je|pro) [^\W\d]|(für|in) jede[mnrs]?\b",
    Cue.OPEN_MONEY: (
        r"offen(e|en|er)?\b|steh(t|en) .{0,20}\baus\b|ausstehend\w*|unbezahlt\w*"
        r"|noch nicht (bezahlt|fertig)|laufen noch"
        r"|läuft noch|schuldet uns|schulden uns"
    ),
    Cue.DIFFERENCE_MADE: (
        r"den (größten )?unterschied|dahinter|ausgemacht|treibt (es|das|den|die)\b"
        r"|(den|die) (anstieg|rückgang|veränderung|zuwachs) (getrieben|verursacht)"
    ),
    Cue.NEGATED: r"nicht\b|kein\w*",
    Cue.CONTRIBUTE: r"beigetragen|beiträgt|verantwortlich",
    Cue.LOSE_THINGS: (
        r"verl(ier\w*|or\w*) .{0,24}(mitarbeiter|kunden|nutzer|mitglieder|geld)\w*"
        r"|(mitarbeiter|kunden|nutzer|mitglieder|geld)\w* verl(ier|or)\w*"
    ),
    Cue.BELOW: r"unter\b|unterhalb|weniger als",
    Cue.OVER: r"über\b|oberhalb|mehr als",
    Cue.DISTRIBUTION: r"verteil\w*|konzentr(ation|iert)\w*",
    Cue.SHARE: r"anteil\w*|prozent\w*|zusammensetz\w*|setzt sich .{1,60}zusammen|aufteilung|mix\b",
    Cue.LIKELY: (
        r"häufiger|seltener|öfter|wahrscheinlicher"
        r"|(verdienen|kaufen|zahlen|kosten|brauchen|bleiben|bestellen) .{1,60} (mehr|weniger|länger)\b"
    ),
    Cue.STAND_OUT: r"sticht .{0,20}heraus|hervor|fällt auf|fallen auf",
    Cue.TIME_OF_DAY: (
        r"uhrzeit\w*|tageszeit\w*|(welche[rmn]?) stunden?\b|sto(ß|ss)zeit\w*|spitzenzeit\w*"
    ),
    Cue.WEEKDAY: (
        r"wochentag\w*|welche[rmns]? tag(e|en)?\b|wochenenden?"
        r"|(mon|diens|donners|frei|sams|sonn)tags?\b|mittwochs?"
    ),
    Cue.TIME_OF_YEAR: (
        r"saison\w*|jahreszeit\w*|welche[rmn]? monate?n?\b|zeit des jahres|jahresverlauf\w*"
    ),
    Cue.WHICH_PERIOD: r"welche[mnrs]? (jahre?n?|quartale?n?|wochen?)\b",
    Cue.PEAKED: (
        r"wann (war|waren) .{1,60}(am )?(höchsten|niedrigsten|größten|kleinsten|stärksten|schwächsten)"
        r"|wann .{1,60}(höchststand|höhepunkt|tiefststand|tiefpunkt)"
    ),
    Cue.OCCUR: (
        r"(treten|tritt|traten) .{0,40}\bauf\b|passier(en|t)\b(?! wenn)|häuf\w*|ereign\w*"
        r"|am meisten los|spitze\w*|geschehen"
    ),
    Cue.SHIFT: (
        r"strukturbr\w*|sprunghaft|sprung\b|seit wann|bruch\b"
        r"|wann (hat|haben|ist|sind|begann|fing) .{1,60}"
        r"(geändert|verändert|gestiegen|gesunken|gefallen|angefangen|begonnen|verschoben|verbessert"
        r"|verschlechtert)"
    ),
    Cue.SLOW: (
        r"langsam\w*|schnellste[nrs]?\b|am längsten|dauer(t|n) .{0,20}(zu lange|am längsten|länger)"
        r"|zu lange"
    ),
    Cue.LATE: (
        r"(zu )?spät(er|e)?\b|verspät\w*|pünktlich\w*|verzug|überfällig\w*|termintreu\w*"
        r"|fristgerecht\w*"
    ),
    Cue.LAPSED: r"inaktiv\w*|abgewandert\w*|nicht mehr (bestell\w*|gekauft|gekommen)|lange nicht",
    Cue.COHORT: (
        r"kohorte\w*|bleiben (uns )?treu|(bleiben|noch) (aktiv|dabei)|kundenbindung"
        r"|nach (ihrem|dem) ersten"
    ),
    Cue.TIED_UP: (
        r"gebunden\w*|warenwert|lagerwert|bestandswert|wert (des|unseres) (lager|bestand|waren)\w*"
    ),
    Cue.PEOPLE: (
        r"mitarbeiterzahl|personalbestand|belegschaft|kopfzahl|beschäftigen wir"
        r"|wie viele (mitarbeiter|leute|beschäftigte|kolleg)\w*"
    ),
    Cue.LEAVERS: (
        r"fluktuation\w*|kündig(en|t|ung)\w*|verlassen (uns|das)|verliert .{0,20}(mitarbeiter|leute)"
        r"|abgänge"
    ),
    Cue.OVERTIME: r"überstunden|mehrarbeit|arbeite[nt]* zu (viel|lange)|mehr als .{1,12} stunden",
    Cue.THEMES: (
        r"themen\b|worüber|beschwer\w* .{0,20}über|was (sagen|schreiben|bemängeln|kritisieren)"
        r"|häufigste\w* (beschwerden|probleme|wörter|gründe)|stichwörter"
    ),
    Cue.RUN_OUT: r"auslaufen\w*|laufen .{0,40}aus\b|enden\b|ablaufen|läuft .{0,40}(aus|ab)\b",
    Cue.DIFFER: r"unterscheid\w*|unterschied\w*|vergleich\w*",
}
