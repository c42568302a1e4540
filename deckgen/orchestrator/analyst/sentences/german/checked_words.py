"""The German words that checks look for: verbs, causes, directions, ends of an order.

Each set is named as in `proof/checks/lexicon.py`, and holds the forms that stand in sentences.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(stems: str, endings: str) -> frozenset[str]:
    return frozenset(stem + end for stem in stems.split() for end in ("", *endings.split()))


# Of adjectives: höher, höhere, höheren.
_ADJECTIVE = "e en em er es"

RISE = _words("""
    steigt steigen stieg stiegen gestiegen stiege wächst wachsen wuchs wuchsen gewachsen anstieg anstiegs
    klettert klettern kletterte kletterten geklettert zunimmt zunehmen zunahm zunahmen zugenommen
    zunahme zulegt zulegen zulegte zulegten zugelegt legt legte legten zu erhöht erhöhte erhöhten
    erhöhen erhöhung gewinnt gewinnen gewann gewannen gewonnen zuwachs wachstum plus aufwärts hinauf
    über darüber oberhalb mehr stärker verdoppelt verdoppelte verdoppelten verdreifacht verdreifachte
    übertrifft übertreffen übertraf übertrafen übertroffen überschreitet überschreiten überschritt
    überschritten verbessert verbesserte verbesserten erholt erholte erholten springt sprang sprangen
    gesprungen steigerte steigerten gesteigert
""") | _forms("höher größer steigend wachsend zunehmend", _ADJECTIVE)
FALL = _words("""
    fällt fallen fiel fielen gefallen fiele sinkt sinken sank sanken gesunken rückgang rückgangs
    schrumpft schrumpfen schrumpfte schrumpften geschrumpft abnimmt abnehmen abnahm abnahmen abgenommen
    abnahme nachgibt nachgab gibt gab gaben nach nachgegeben zurückgeht zurückging zurückgingen
    zurückgegangen zurück verliert verlieren verlor verloren verlust verluste minus abwärts hinunter
    unter darunter unterhalb weniger schwächer halbiert halbierte halbierten stürzt stürzte stürzten
    gestürzt bricht brach brachen eingebrochen einbruch rutscht rutschte rutschten gerutscht verfehlt
    verfehlen verfehlte verfehlten unterschreitet unterschritt unterschritten verschlechtert
    verschlechterte verschlechterten reduziert reduzierte reduzierten
""") | _forms("niedriger geringer kleiner tiefer sinkend fallend abnehmend", _ADJECTIVE)
STEADY = (
    _words("gleichbleibend gleichauf seitwärts blieb blieben gleich")
    | _forms("stabil unverändert konstant", _ADJECTIVE)
)  # fmt: skip
HIGHEST = (
    _words("meisten meiste meist vorn spitze maximum spitzenreiter höchstwert höchststand")
    | _forms("höchst größt best stärkst häufigst längst schnellst", _ADJECTIVE)
)  # fmt: skip
LOWEST = (
    _words("wenigsten wenigste hinten schlusslicht minimum tiefstwert tiefststand")
    | _forms("niedrigst kleinst geringst tiefst schlechtest schwächst seltenst kürzest", _ADJECTIVE)
)  # fmt: skip

# Words that claim a cause, as alternatives of a pattern without regard to case.
CAUSES = (
    r"weil|dadurch|deshalb|deswegen|daher|denn|wegen|aufgrund|auf grund|infolge|"
    r"dank|verursacht\w*|bewirkt\w*|ausgelöst|auslöst\w*|führt(?:e|en)? (?:dazu|zu)|führen (?:dazu|zu)|"
    r"zurückzuführen auf|zurückgeht auf|bedingt durch|getrieben (?:von|durch)|beruht auf|"
    r"treib(?:t|en|er)|ursächlich|folglich|somit|sodass|so dass"
)  # fmt: skip

VERBS = (
    _words("""
    ist sind war waren wäre wären sei bin hat haben hatte hatten hätte hätten wird werden wurde wurden
    würde würden kann können konnte konnten könnte könnten muss müssen musste soll sollen sollte sollten
    darf dürfen dürfte dürften mag mögen will wollen wollte
    liegt liegen lag lagen läge lägen steht stehen stand standen kommt kommen kam kamen käme kämen
    geht gehen ging gingen bleibt bleiben blieb blieben bliebe macht machen machte machten bringt
    bringen brachte brachten brächte trägt tragen trug trugen entfällt entfallen entfiel entfielen
    zeigt zeigen zeigte zeigten hängt hängen hing hingen unterscheidet unterscheiden unterschied
    beträgt betragen betrug betrugen reicht reichen reichte reichten hält halten hielt hielten
    erreicht erreichen erreichte erreichten entspricht entsprechen entsprach setzt setzen setzte prüfen
    prüfe konzentrieren bewegt bewegen bewegte bewegten verändert verändern veränderte veränderten
    dauert dauern dauerte dauerten arbeitet arbeiten arbeitete laufen läuft lief liefen enden endet
    endete endeten beginnt beginnen begann begannen teilen teilt teilte teilten fehlt fehlen fehlte
    zählt zählen zählte zählten gehört gehören gehörte umfasst umfassen umfasste verdient verdienen
    verdiente ragt ragen sticht stechen fällt auffällt schneidet schneiden gilt gelten galt führt
    führen führte führten folgt folgen folgte folgten heißt lässt lassen ließ ließen stammt stammen
    beweist beweisen sagt sagen wiederholt wiederholen nimmt nehmen nahm nahmen braucht brauchen
    verteilt verteilen schwankt schwanken schwankte schwankten kostet kosten kostete verkauft verkaufen
    zahlt zahlen zahlte übersteigt übersteigen überstieg stehen hebt heben häufen häuft wiegt wiegen
    dominiert dominieren liefert liefern lieferte hinkt hinken übernimmt erzielt erzielen erzielte
    verzeichnet verzeichnen verzeichnete verläuft verlaufen verlief verliefen
""")
    | frozenset(word for word in RISE | FALL if word.endswith(("t", "te", "ten")))
    | _words("""
    stieg stiegen stiege fiel fielen fiele sank sanken wuchs wuchsen wachsen steigen sinken schrumpfen
    nahm nahmen gab gaben brach brachen verlor verloren verlieren gewann gewannen übertraf übertrafen
    """)
)  # fmt: skip
