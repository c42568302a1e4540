"""Words of questions, in English and German: what is asked for, and which way.

Each row is a pattern of a question in lower case. A language more is a column more in each row.
"""

import re
from enum import StrEnum


class Cue(StrEnum):
    """What a word or a phrase of a question asks for."""

    MUCH = "much"  # how much, how high, what is
    MANY = "many"
    LONG = "long"  # how long something takes
    WHICH = "which"
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    MOST = "most"
    LEAST = "least"
    GOOD = "good"  # best: the highest of what is good
    BAD = "bad"
    UP = "up"
    DOWN = "down"
    DEVELOP = "develop"
    COMPARE = "compare"  # of periods
    PREVIOUS = "previous"  # a period that is named by its distance, or a half of a year
    CAUSE = "cause"
    RELATION = "relation"
    EXPECT = "expect"
    UNUSUAL = "unusual"
    FUNNEL = "funnel"
    RETURN = "return"
    SEGMENTS = "segments"
    WHAT_IF = "what_if"
    ADVICE = "advice"
    PLANNED = "planned"
    TEST = "test"  # is it significant
    LOSE_MONEY = "lose_money"
    PROFIT = "profit"
    YEARLY = "yearly"
    AVERAGE = "average"
    EACH = "each"  # per order
    OPEN_MONEY = "open_money"  # what is not paid yet
    NEGATED = "negated"
    DIFFERENCE_MADE = "difference_made"
    CONTRIBUTE = "contribute"  # to a whole, or to a change if the question names one
    LOSE_THINGS = "lose_things"  # people or money: a count, and no fall of a measure
    BELOW = "below"
    OVER = "over"
    DISTRIBUTION = "distribution"
    SHARE = "share"
    DIFFER = "differ"
    LIKELY = "likely"  # more or less often with something
    STAND_OUT = "stand_out"
    TIME_OF_DAY = "time_of_day"
    WEEKDAY = "weekday"
    TIME_OF_YEAR = "time_of_year"
    OCCUR = "occur"  # how often something happens, and when it is at its height
    SHIFT = "shift"  # since when something is on another level
    NEXT = "next"  # a period that is still to come
    SLOW = "slow"  # takes longer than others
    LATE = "late"  # later than due, or just in time
    LAPSED = "lapsed"  # customers who have not come for long
    COHORT = "cohort"
    TIED_UP = "tied_up"  # the value of what lies in stock
    PEOPLE = "people"  # who are employed
    LEAVERS = "leavers"
    OVERTIME = "overtime"
    THEMES = "themes"  # what texts are about
    RUN_OUT = "run_out"  # contracts that end


PATTERNS: dict[Cue, tuple[str, str]] = {
    Cue.MUCH: (
        r"how (much|high|big|large|low|full|tight|satisfied|happy|well|good|strong)|what('s| is| are| was| were)\b"
        r"|where (do|does) .{1,40} stand|how expensive",
        r"wie (viel|hoch|gro(ß|ss)|stark|voll|zufrieden|gut)|was (ist|sind) (unser|die|der|das)",
    ),
    Cue.MANY: (r"how many|number of", r"wie viele|anzahl"),
    Cue.LONG: (
        r"how long|how (quick|fast|slow)(ly)? (do|does|did|is|are|was) (?!we grow|.{0,20}grow)|wait\b|waiting|takes? longest",
        r"wie (lange|schnell)|wartezeit|dauert",
    ),
    Cue.WHICH: (r"which|what (?!is|are|was|were|do|does|did|would|should|can|if|drives|made)\w+", r"welche[rsmn]?|was bringt"),
    Cue.WHO: (r"who(se)?\b", r"wer\b|wem\b|wessen\b"),
    Cue.WHERE: (r"where\b(?! (do|does) .{1,40} stand)", r"wo\b"),
    Cue.WHEN: (
        r"when\b|(what|which) (time|hour|weekday|day|month|season)s?\b|time of (the )?(day|week|year)|season",
        r"wann\b|(welche[rmn]?|um welche) (uhrzeit|stunde|wochentag|tag|monat)|tageszeit|saison",
    ),
    Cue.MOST: (
        r"most\b|highest|largest|biggest|greatest|top\b|leads?\b|leading|main\b|mainly|longest|slowest|maximum|dearest|expensive",
        r"(am )?meiste[nrs]?\b|höchste[nrs]?\b|gr(ö|oe)(ß|ss)te[nrs]?\b|stärkste[nr]?\b|führt\b|teuerste[nr]?\b|längste[nr]?\b",
    ),
    Cue.LEAST: (
        r"least\b|lowest|smallest|fewest|bottom\b|minimum|cheapest|shortest|fastest response|quickest",
        r"(am )?wenigste[nrs]?\b|niedrigste[nrs]?\b|kleinste[nrs]?\b|geringste[nrs]?\b|günstigste[nrs]?\b",
    ),
    Cue.GOOD: (r"best\b|strongest|healthiest|most (successful|profitable)|does best|ahead", r"beste[nrs]?\b|stärkste[nr]?\b"),
    Cue.BAD: (
        r"worst\b|weakest|poorest|unhappiest|struggl\w*|lets? us down|problem\w*|in trouble|behind\b|poor(ly)?|underperform\w*",
        r"schlechteste[nrs]?\b|schwächste[nrs]?\b|unzufrieden\w*|problem\w*",
    ),
    Cue.UP: (
        r"gr(ow|ew|own|owth|owing|ows)\b|increas\w*|ris(e|es|ing|en)\b|rose\b|gain\w*|climb\w*|improv\w*|getting better|fastest",
        r"gewachsen|wachs\w*|wuchs|gestiegen|steig\w*|stieg|zugenommen|zunahme",
    ),
    Cue.DOWN: (
        r"shr(ink|ank|unk)\w*|declin\w*|decreas\w*|f(all|ell|alling|allen)\b|drop\w*|lost\b|los(e|es|ing)\b|getting worse|less\b|reduc\w*",
        r"geschrumpft|schrumpf\w*|gesunken|sink\w*|gefallen|fällt|verlier\w*|verloren|rückgang|abgenommen|weniger",
    ),
    Cue.DEVELOP: (
        r"develop\w*|trend\w*|over time|evol\w*|chang(e|es|ed|ing)\b|progress\w*|how (is|are|did|do|has|have) .{1,60} (doing|do|gone|going|perform\w*)\b"
        r"|(getting|gets|got|become|becomes|became|becoming) (better|worse)|history|course of",
        r"entwickel\w*|entwicklung|verlauf\w*|verändert\w*|veränder\w*|im zeitverlauf",
    ),
    Cue.COMPARE: (
        r"compared? (with|to)|versus|vs\.?\b|than (in )?(the )?(last|previous|year)|than in\b|year before|from the (first|second|third) to the|against (the )?(last|previous)",
        r"verglichen|vergleich\w*|gegenüber|im vorjahr|als (im|in|letzt\w*)|vom ersten (zum|aufs|auf das)",
    ),
    Cue.PREVIOUS: (
        r"(the )?(year|quarter|month|week) before|(last|previous|prior|same) (year|quarter|month|week|half)|a year (ago|earlier)|year[- ](on|over)[- ]year"
        r"|(first|second|last) half",
        r"vorjahr\w*|vorquartal\w*|vormonat\w*|(letzte|vorige|vergangene)[nsmr]? (jahr|quartal|monat|woche)|halbjahr\w*",
    ),
    Cue.CAUSE: (
        r"why\b|(which|what) (factors?|variables?|things) .{0,30}(influenc|affect|driv|determin|matter|explain)\w*|what (drives|determines|determined|influences|explains|causes|affects|makes|moves)|driv(er|ers|en by)\b|who drives|depends? on|reasons?\b|causes?\b",
        r"warum|welche (faktoren|größen)|wieso|weshalb|was (treibt|bestimmt|beeinflusst|erklärt)|woran liegt|wovon häng(t|en)|treiber|ursache\w*|gründe",
    ),
    Cue.RELATION: (
        r"pays? off|worth it|explains?\b|relat(ed|ion|ionship)\b|correlat\w*|affects?\b|influences?\b|impact\b|effect\b|go(es)? (along )?with|have to do with|help\b|helps\b|work\?",
        r"zusammenh\w*|häng(t|en) .{1,60}(zusammen|von)|lohnt|auswirk\w*|einfluss|beeinflusst|wirkt",
    ),
    Cue.EXPECT: (
        r"expect(ed|s|ing)?\b|forecast\w*|predict\w*|project(ion|ed for)|next (month|quarter|year|week)|will (we|our|the|sales|revenue)|outlook|by the end of",
        r"erwart\w*|prognos\w*|vorhers\w*|nächste[nrsm]? (monat|quartal|jahr|woche)|werden wir",
    ),
    Cue.NEXT: (
        r"(next|coming|following|upcoming) (\w+ )?(month|quarter|year|week|season)s?\b|will (we|our|the|sales|revenue)|by the end of (the|this) (year|quarter|month)",
        r"(nächste[nrsm]?|kommende[nrsm]?) (\w+ )?(monate?|quartale?|jahre?|wochen?)\b|werden wir|bis (ende|zum ende)",
    ),
    Cue.UNUSUAL: (
        r"unusual|anomal\w*|outlier\w*|strange|suspicious|odd\b|irregular\w*|out of (the )?ordinary|stand(s)? out|abnormal",
        r"ungewöhnlich\w*|auffällig\w*|ausreißer|anomali\w*|merkwürdig\w*",
    ),
    Cue.FUNNEL: (r"funnel|drop[- ]?off|step .{0,30}los\w*|conversion (path|steps)|abandon\w*", r"trichter|abspr(ung|ing)\w*"),
    Cue.RETURN: (
        r"com(e|es|ing) back|return (customers|visitors)|repeat\w*|again\b|loyal\w*|retention|more than once|reorder (rate|again)",
        r"kommen wieder|wiederkehr\w*|wiederkauf\w*|treu\w*|stammkund\w*|mehrfach",
    ),
    Cue.SEGMENTS: (r"segment\w*|cluster\w*|(kinds|types|groups) of customers|personas?", r"(kunden)?segment\w*|cluster\w*|kundengruppen"),
    Cue.WHAT_IF: (r"what (would|will) happen|what (happens|changes|would change) if|what if|suppos(e|ing) (that )?(we|the|our)\b|if we (raise|raised|cut|lower|lowered|increase|increased|reduce|reduced|double|doubled)", r"was (wäre|passiert|würde|geschieht)\b.{0,30}wenn|was wenn|angenommen,"),
    Cue.ADVICE: (r"should we|what (can|could|must) we do|what to do|recommend\w*|next steps?|how (can|could) we|focus on|priorit\w*|advice", r"sollten wir|sollen wir|was können wir tun|was tun|empfehl\w*|wie können wir"),
    Cue.PLANNED: (
        r"budget\w*|targets?\b|plan(s|ned)?\b|goals?\b|quotas?\b|on track|over[- ]?spen[dt]\w*|under[- ]?spen[dt]\w*|overrun\w*|(against|versus|vs\.?) (the )?forecast|miss(ed)?\b",
        r"budget\w*|ziel(e|en|s)?\b|plan(s|wert\w*|zahlen)?\b|soll\b|vorgabe\w*|überschritten|überzogen|im rahmen|verfehlt\w*|eingehalten",
    ),
    Cue.TEST: (r"significan\w*|statistically|by chance|a/b|reliable difference|(bett|fast|slow|high|low|larg|small|strong|weak|cheap|long|short)er\b.{0,50}\bthan\b(?! (in|last|the last|the previous|a year))"
        r"|worse than|(more|less) \w+ than (?!last|the last|the previous)",
        r"signifikan\w*|zufällig\w*|(bess|schlecht|schnell|langsam|höh|niedrig|größ|klein|stärk|schwäch|günstig|teur|läng|kürz)er(e|en|es)? als"),
    Cue.LOSE_MONEY: (
        r"los(e|es|ing|t)? (us )?money|loss[- ]making|unprofitable|in the red|negative margin|below cost|make a loss|at a loss",
        r"verlust\w*|unrentab\w*|rote zahlen|defizit\w*|machen minus",
    ),
    Cue.PROFIT: (
        r"profit\w*|margins?\b|earn\w*|(make|makes|making|made) money|in the black|break even|spend more than|live within",
        r"gewinn\w*|profit\w*|marge\w*|rentab\w*|verdien\w*|deckungsbeitrag",
    ),
    Cue.YEARLY: (r"(per|a|each|every) year|annual\w*|yearly|cagr|p\.a\.", r"(pro|im|je) jahr|jährlich\w*|p\.a\."),
    Cue.AVERAGE: (r"average|mean\b|typical\w*|usual\w*|on average|median", r"durchschnitt\w*|mittlere\w*|im mittel|üblich\w*|median"),
    Cue.EACH: (r"per (?!year|month|week|day|quarter|cent)\w+|a (customer|person|head|visitor|user|guest) spend|each (order|customer|purchase|visit)", r"(pro|je) (?!jahr|monat|woche|tag|quartal)\w+"),
    Cue.OPEN_MONEY: (r"outstanding|unpaid|not (been )?paid|still (owe|owed|due|open)|receivable\w*|overdue amount|owes? us", r"offen(e|en|er)?\b|ausstehend\w*|unbezahlt\w*|noch nicht bezahlt|schuldet uns|schulden uns"),
    Cue.DIFFERENCE_MADE: (
        r"ma(de|kes?|king) the (biggest |most )?difference|behind (it|this|that|the (change|rise|fall|drop|decline|increase|growth))|(drives?|drove|driving) (it|this|that|the (change|growth|rise|fall|drop|decline|increase)|growth)|what('s| is| lies) behind",
        r"den (größten )?unterschied|dahinter|ausgemacht|treibt (es|das|den|die)\b|(den|die) (anstieg|rückgang|veränderung|zuwachs) (getrieben|verursacht)",
    ),
    Cue.NEGATED: (r"(do|does|did|is|are|was|were)(n['’]t| not)\b", r"nicht\b|kein\w*"),
    Cue.CONTRIBUTE: (r"contribut\w*|account(s|ed)? for|due to|responsible", r"beigetragen|beiträgt|verantwortlich"),
    Cue.LOSE_THINGS: (
        r"(los(e|es|ing|t)|leav(e|es|ing))\b.{0,24}\b(people|staff|employees|workers|customers|clients|users|members|subscribers|visitors|patients|students|money)\b",
        r"verl(ier\w*|or\w*) .{0,24}(mitarbeiter|kunden|nutzer|mitglieder|geld)\w*|(mitarbeiter|kunden|nutzer|mitglieder|geld)\w* verl(ier|or)\w*",
    ),
    Cue.BELOW: (r"below|under\b|less than|fewer than|short of", r"unter\b|unterhalb|weniger als"),
    Cue.OVER: (r"above|over (?!time|the (last|past))|more than|exceed\w*|greater than", r"über\b|oberhalb|mehr als"),
    Cue.DISTRIBUTION: (r"distribut\w*|spread\b|concentrat\w*|pareto|how evenly", r"verteil\w*|konzentr(ation|iert)\w*"),
    Cue.SHARE: (r"shares?\b|percentage|proportion|what percent\w*|fraction|mix\b|made up of|portion", r"anteil\w*|prozent\w*|zusammensetz\w*|setzt sich .{1,60}zusammen|aufteilung|mix\b"),
    Cue.LIKELY: (
        r"(more|less) (often|likely|frequently)|likelier"
        r"|(do|does|did) .{2,60} (increase|reduce|raise|lower|improve|boost|cut|lengthen|shorten) \w"
        r"|(do|does|did) .{2,60} (earn|spend|cost|buy|pay|use|score|take|get|sell|order|stay|wait|last|perform|return|bring)s? (more|less|longer|higher|lower|better|worse)",
        r"häufiger|seltener|öfter|wahrscheinlicher|(verdienen|kaufen|zahlen|kosten|brauchen|bleiben|bestellen) .{1,60} (mehr|weniger|länger)",
    ),
    Cue.STAND_OUT: (r"stands? out|stick(s)? out|is different", r"sticht .{0,20}heraus|hervor|fällt auf|fallen auf"),
    Cue.TIME_OF_DAY: (
        r"times? of (the )?day|(what|which) (time|hour)s?\b|hours? of (the )?day|by (the )?hour|(busiest|quietest|peak|rush) (hour|time)s?|(early|late) in the day",
        r"uhrzeit\w*|tageszeit\w*|(welche[rmn]?) stunden?\b|sto(ß|ss)zeit\w*|spitzenzeit\w*",
    ),
    Cue.WEEKDAY: (
        r"weekdays?|days? of (the )?week|(what|which|busiest|quietest|slowest) days?\b|weekends?|(mon|tues|wednes|thurs|fri|satur|sun)days?\b",
        r"wochentag\w*|welche[rmns]? tag(e|en)?\b|wochenenden?|(mon|diens|donners|frei|sams|sonn)tags?\b|mittwochs?",
    ),
    Cue.TIME_OF_YEAR: (
        r"season(s|al|ally|ality)?\b|times? of (the )?year|(what|which|busiest|quietest|strongest|weakest) months?\b|months? of the year",
        r"saison\w*|jahreszeit\w*|welche[rmn]? monate?n?\b|zeit des jahres",
    ),
    Cue.OCCUR: (
        r"occur\w*|happen(s|ing|ed)?\b(?! if)|take place|peaks?\b|bus(y|ier|iest)\b|quiet(er|est)?\b|accumulat\w*|hot ?spots?|often(est)?\b",
        r"(treten|tritt|traten) .{0,40}\bauf\b|passier(en|t)\b(?! wenn)|häuf\w*|ereign\w*|am meisten los|spitze\w*|geschehen",
    ),
    Cue.SHIFT: (
        r"(level|step|sudden) (shift|change)\w*|shift(s|ed)?\b|turning points?|break(s|point\w*)? in|structural break|jump(s|ed)?\b|since when|when (did|has|have|do|does) .{1,60}(chang\w*|start\w*|begin\w*|began|jump\w*|drop\w*|fall\w*|fell|ris\w*|rose|increas\w*|decreas\w*|improv\w*|worse\w*|go (up|down)|went (up|down)|slow\w*)",
        r"strukturbr\w*|sprunghaft|sprung\b|seit wann|bruch\b|wann (hat|haben|ist|sind|begann|fing) .{1,60}(geändert|verändert|gestiegen|gesunken|gefallen|angefangen|begonnen|verschoben|verbessert|verschlechtert)",
    ),
    Cue.SLOW: (
        r"slow(er|est|ly)?\b|tak(e|es|ing) (too |so |the )?long(er|est)?\b|long waits?|longest|quickest|fastest to\b|shortest (time|wait)",
        r"langsam\w*|am längsten|am schnellsten|dauer(t|n) .{0,20}(zu lange|am längsten|länger)|zu lange",
    ),
    Cue.LATE: (
        r"late(r than|ly paid)?\b|lateness|delay(s|ed)?\b|overdue|on[- ]time|in time\b|punctual\w*|sla\b|past due|miss(es|ed)? the(ir)? (deadline|due date)\w*",
        r"(zu )?spät(er|e)?\b|verspät\w*|pünktlich\w*|verzug|überfällig\w*|termintreu\w*|fristgerecht\w*",
    ),
    Cue.LAPSED: (
        r"lapsed|inactive|dormant|(not|never|n't) (ordered|bought|been|come|came|purchased|visited|returned|come back)|stopped (buying|ordering|coming)",
        r"inaktiv\w*|abgewandert\w*|nicht mehr (bestell\w*|gekauft|gekommen)|lange nicht",
    ),
    Cue.COHORT: (
        r"cohorts?\b|retention|retain\w*|still (active|with us|using|buying)|stick around|stay with us|after their first",
        r"kohorte\w*|bleiben (uns )?treu|(bleiben|noch) (aktiv|dabei)|kundenbindung|nach (ihrem|dem) ersten",
    ),
    Cue.TIED_UP: (
        r"tied up|(stock|inventory|warehouse) (value|worth)|(value|worth) of (our |the )?(stock|inventory|goods)|(stock|inventory) worth|worth in stock",
        r"gebunden\w*|warenwert|lagerwert|bestandswert|wert (des|unseres) (lager|bestand|waren)\w*",
    ),
    Cue.PEOPLE: (
        r"head ?count|workforce|(how many|number of) (people|employees|staff|colleagues|nurses|teachers|workers)|do we employ|on (the )?payroll",
        r"mitarbeiterzahl|personalbestand|belegschaft|kopfzahl|beschäftigen wir|wie viele (mitarbeiter|leute|beschäftigte|kolleg)\w*",
    ),
    Cue.LEAVERS: (
        r"leav(e|es|ers?|ing)\b|left us|staff turnover|turnover rate|attrition|quit(s|ting)?\b|resign\w*|los(e|es|ing) (most )?(of )?(its |their |our )?(people|staff|employees|colleagues|nurses|teachers)",
        r"fluktuation\w*|kündig(en|t|ung)\w*|verlassen (uns|das)|verliert .{0,20}(mitarbeiter|leute)|abgänge",
    ),
    Cue.OVERTIME: (
        r"overtime|work(s|ing)? too (much|long)|overwork\w*|more than .{1,12} hours|extra hours|long hours",
        r"überstunden|mehrarbeit|arbeite[nt]* zu (viel|lange)|mehr als .{1,12} stunden",
    ),
    Cue.THEMES: (
        r"complain\w* (most )?about|what (do|are|did) .{1,40}(say|saying|write|writing|talk\w*|complain\w*|mention\w*)|themes?\b|topics?\b|keywords?"
        r"|(common|frequent|main|typical) (complaints?|words|issues|problems|themes|requests)",
        r"themen\b|worüber|beschwer\w* .{0,20}über|was (sagen|schreiben|bemängeln|kritisieren)|häufigste\w* (beschwerden|probleme|wörter|gründe)|stichwörter",
    ),
    Cue.RUN_OUT: (
        r"expir\w*|run(s|ning)? out|(contracts?|leases?|licen[cs]es?|subscriptions?|agreements?|warrant(y|ies)|polic(y|ies)) (will )?(end|renew)\w*|up for renewal",
        r"auslaufen\w*|laufen .{0,40}aus\b|enden\b|ablaufen|läuft .{0,40}(aus|ab)\b",
    ),
    Cue.DIFFER: (r"differ\w*|compare\b|between (the )?\w+", r"unterscheid\w*|unterschied\w*|vergleich\w*"),
}  # fmt: skip
COMPILED = {
    cue: re.compile(rf"\b(?:{english}|{german})", re.IGNORECASE)
    for cue, (english, german) in PATTERNS.items()
}


def cues_of(text: str) -> dict[Cue, int]:
    """Returns the cues of a question with the place of the first match of each."""
    found = {cue: pattern.search(text) for cue, pattern in COMPILED.items()}
    return {cue: match.start() for cue, match in found.items() if match}
