"""German words that checks look for, in the forms that stand in sentences, and those by which a German
text is known.
"""

import re

from deckgen.domain.language.de import nouns, reading
from deckgen.domain.language.phrasebook import Words, words_of

COMMON = words_of("""
    der die das den dem des ein eine einer eines einem einen und oder nicht ist sind war waren wird
    werden wurde wurden wie was wer wo wann warum wieso weshalb welche welcher welches welchen welchem
    hat haben hatte hatten wir uns unser unsere unserer unseren unserem für mit von vom zum zur bei aus
    nach je pro am im auf über unter zwischen seit bis gegenüber als auch noch mehr weniger sich es
    gibt wieviel viel viele kann können soll sollen sollte sollten man an in
""")


def _forms(stems: str, endings: str) -> frozenset[str]:
    return frozenset(stem + end for stem in stems.split() for end in ("", *endings.split()))


# Of adjectives: höher, höhere, höheren.
_ADJECTIVE = "e en em er es"

_RISE = words_of("""
    steigt steigen stieg stiegen gestiegen stiege wächst wachsen wuchs wuchsen gewachsen anstieg
    anstiegs
    klettert klettern kletterte kletterten geklettert zunimmt zunehmen zunahm zunahmen zugenommen
    zunahme zulegt zulegen zulegte zulegten zugelegt legt legte legten erhöht erhöhte erhöhten
    erhöhen erhöhung gewinnt gewinnen gewann gewannen gewonnen zuwachs wachstum plus aufwärts hinauf
    über darüber oberhalb mehr stärker verdoppelt verdoppelte verdoppelten verdreifacht verdreifachte
    übertrifft übertreffen übertraf übertrafen übertroffen überschreitet überschreiten überschritt
    überschritten verbessert verbesserte verbesserten erholt erholte erholten springt sprang sprangen
    gesprungen steigerte steigerten gesteigert
""") | _forms("höher größer steigend wachsend zunehmend", _ADJECTIVE)
_FALL = words_of("""
    fällt fallen fiel fielen gefallen fiele sinkt sinken sank sanken gesunken rückgang rückgangs
    schrumpft schrumpfen schrumpfte schrumpften geschrumpft abnimmt abnehmen abnahm abnahmen abgenommen
    abnahme nachgibt nachgab nachgegeben zurückgeht zurückging zurückgingen
    zurückgegangen zurück verliert verlieren verlor verloren verlust verluste minus abwärts hinunter
    unter darunter unterhalb weniger schwächer halbiert halbierte halbierten stürzt stürzte stürzten
    gestürzt bricht brach brachen eingebrochen einbruch rutscht rutschte rutschten gerutscht verfehlt
    verfehlen verfehlte verfehlten unterschreitet unterschritt unterschritten verschlechtert
    verschlechterte verschlechterten reduziert reduzierte reduzierten
""") | _forms("niedriger geringer kleiner tiefer sinkend fallend abnehmend", _ADJECTIVE)
_STEADY = (
    words_of("gleichbleibend gleichauf seitwärts blieb blieben gleich")
    | _forms("stabil unverändert konstant", _ADJECTIVE)
)  # fmt: skip
_HIGHEST = (
    words_of("meisten meiste meist vorn spitze maximum spitzenreiter höchstwert höchststand")
    | _forms("höchst größt best stärkst häufigst längst schnellst", _ADJECTIVE)
)  # fmt: skip
_LOWEST = (
    words_of("wenigsten wenigste hinten schlusslicht minimum tiefstwert tiefststand")
    | _forms("niedrigst kleinst geringst tiefst schlechtest schwächst seltenst kürzest", _ADJECTIVE)
)  # fmt: skip

# Words that claim a cause, as alternatives of a pattern without regard to case.
_CAUSES = (
    r"weil|dadurch|deshalb|deswegen|daher|denn|wegen|aufgrund|auf grund|infolge|"
    r"dank|verursacht\w*|bewirkt\w*|ausgelöst|auslöst\w*|führt(?:e|en)? (?:dazu|zu)|führen (?:dazu|zu)|"
    r"zurückzuführen auf|zurückgeht auf|bedingt durch|getrieben (?:von|durch)|beruht auf|"
    r"treib(?:t|en|er)|ursächlich|folglich|somit|sodass|so dass"
)  # fmt: skip

_VERBS = (
    words_of("""
    ist sind war waren wäre wären sei bin hat haben hatte hatten hätte hätten wird werden wurde wurden
    würde würden kann können konnte konnten könnte könnten muss müssen musste soll sollen sollte sollten
    darf dürfen dürfte dürften mag mögen will wollen wollte
    liegt liegen lag lagen läge lägen steht stehen stand standen kommt kommen kam kamen käme kämen
    geht gehen ging gingen bleibt bleiben blieb blieben bliebe macht machen machte machten bringt
    bringen brachte brachten brächte brächten trägt tragen trug trugen entfällt entfallen entfiel
    entfielen
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
    verzeichnet verzeichnen verzeichnete verläuft verlaufen verlief verliefen bindet binden ergibt
    gibt ergeben ergab besteht bestehen bestand bestanden enthält enthalten steckt stecken verfehlen zog
    zogen summieren summierte summierten
""")
    | frozenset(word for word in _RISE | _FALL if word.endswith(("t", "te", "ten")))
    | words_of("""
    stieg stiegen stiege fiel fielen fiele sank sanken wuchs wuchsen wachsen steigen sinken schrumpfen
    nahm nahmen gab gaben brach brachen verlor verloren verlieren gewann gewannen übertraf übertrafen
    """)
)  # fmt: skip

WORDS = Words(
    rise=_RISE,
    fall=_FALL,
    steady=_STEADY,
    highest=_HIGHEST,
    lowest=_LOWEST,
    verbs=_VERBS,
    verb_endings=(),
    causes=re.compile(rf"\b(?:{_CAUSES})\b", re.IGNORECASE),
    joins=words_of("und aber doch während dann sondern"),
    start=words_of("von vom"),
    end=words_of("auf bis"),
    idioms=frozenset(),
)
IN_FORM = nouns.in_form
IS_PLURAL = nouns.is_plural
READING = reading.READING
NOUNS = reading.NOUNS
