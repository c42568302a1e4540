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
    DIFFERENCE_MADE = "difference_made"
    BELOW = "below"
    OVER = "over"
    DISTRIBUTION = "distribution"
    SHARE = "share"
    DIFFER = "differ"
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
        r"how (much|high|big|large|low|full|tight|satisfied|happy|well|good|strong)|what('s| is| are| was| were) (our|the|my)\b"
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
    Cue.WHERE: (r"where\b", r"wo\b"),
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
        r"worst\b|weakest|poorest|unhappiest|struggl\w*|lets? us down|problem\w*|behind\b|poor(ly)?|underperform\w*",
        r"schlechteste[nrs]?\b|schwächste[nrs]?\b|problem\w*",
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
        r"|getting (better|worse)|history|course of",
        r"entwickel\w*|entwicklung|verlauf\w*|verändert\w*|veränder\w*|im zeitverlauf",
    ),
    Cue.COMPARE: (
        r"compared (with|to)|versus|vs\.?\b|than (in )?(the )?(last|previous|year)|than in\b|year before|from the first to the second|against (the )?(last|previous)",
        r"verglichen|vergleich\w*|gegenüber|im vorjahr|als (im|in|letzt\w*)",
    ),
    Cue.CAUSE: (
        r"why\b|what (drives|drove|determines|determined|influences|explains|causes|affects|makes|moves)|driv(er|ers|en by)\b|who drives|depends? on|reasons?\b|causes?\b",
        r"warum|wieso|weshalb|was treibt|woran liegt|wovon hängt|treiber|ursache\w*|gründe",
    ),
    Cue.RELATION: (
        r"pays? off|relat(ed|ion|ionship)\b|correlat\w*|affects?\b|influences?\b|impact\b|effect\b|go(es)? (along )?with|have to do with|help\b|helps\b|work\?",
        r"zusammenh\w*|lohnt|auswirk\w*|einfluss|wirkt",
    ),
    Cue.EXPECT: (
        r"expect\w*|forecast\w*|predict\w*|project(ion|ed for)|next (month|quarter|year|week)|will (we|our|the|sales|revenue)|outlook|by the end of",
        r"erwart\w*|prognos\w*|vorhers\w*|nächste[nrsm]? (monat|quartal|jahr|woche)|werden wir",
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
    Cue.WHAT_IF: (r"what (would|will) happen|what if|if we (raise|raised|cut|lower|lowered|increase|increased|reduce|reduced|double|doubled)", r"was (wäre|passiert|würde)\b.{0,30}wenn|was wenn"),
    Cue.ADVICE: (r"should we|what to do|recommend\w*|next steps?|how (can|could) we|focus on|priorit\w*|advice", r"sollten wir|sollen wir|was tun|empfehl\w*|wie können wir"),
    Cue.PLANNED: (
        r"budget\w*|targets?\b|plan(s|ned)?\b|goals?\b|quotas?\b|on track|overspen[dt]\w*|underspen[dt]\w*|overrun\w*|against forecast",
        r"budget\w*|ziel(e|en|s)?\b|plan(s|wert\w*|zahlen)?\b|soll\b|vorgabe\w*|überschritten|im rahmen",
    ),
    Cue.TEST: (r"significan\w*|statistically|by chance|a/b|reliable difference|better than|worse than", r"signifikan\w*|zufällig\w*|besser als|schlechter als"),
    Cue.LOSE_MONEY: (
        r"los(e|es|ing|t)? (us )?money|loss[- ]making|unprofitable|in the red|negative margin|below cost|make a loss|at a loss",
        r"verlust\w*|unrentab\w*|rote zahlen|defizit\w*|machen minus",
    ),
    Cue.PROFIT: (
        r"profit\w*|margins?\b|earn\w*|make money|in the black|break even",
        r"gewinn\w*|profit\w*|marge\w*|rentab\w*|verdien\w*|deckungsbeitrag",
    ),
    Cue.YEARLY: (r"(per|a|each|every) year|annual\w*|yearly|cagr|p\.a\.", r"(pro|im|je) jahr|jährlich\w*|p\.a\."),
    Cue.AVERAGE: (r"average|mean\b|typical\w*|usual\w*|on average|median", r"durchschnitt\w*|mittlere\w*|im mittel|üblich\w*|median"),
    Cue.EACH: (r"per (?!year|month|week|day|quarter|cent)\w+|a (customer|person|head|visitor|user|guest) spend|each (order|customer|purchase|visit)", r"(pro|je) (?!jahr|monat|woche|tag|quartal)\w+"),
    Cue.OPEN_MONEY: (r"outstanding|unpaid|not (been )?paid|still (owe|owed|due|open)|receivable\w*|overdue amount|owes? us", r"offen(e|en|er)?\b|ausstehend\w*|unbezahlt\w*|noch nicht bezahlt|schuldet uns|schulden uns"),
    Cue.DIFFERENCE_MADE: (
        r"ma(de|kes?) the difference|behind (it|this|the (change|rise|fall|growth))|contribut\w*|account(s|ed)? for|due to|responsible|drives? (it|growth|the (change|growth))|(lies|is) behind",
        r"den unterschied|beigetragen|verantwortlich|dahinter|ausgemacht",
    ),
    Cue.BELOW: (r"below|under\b|less than|fewer than|short of", r"unter\b|unterhalb|weniger als"),
    Cue.OVER: (r"above|over (?!time|the (last|past))|more than|exceed\w*|greater than", r"über\b|oberhalb|mehr als"),
    Cue.DISTRIBUTION: (r"distribut\w*|spread\b|concentrat\w*|pareto|how evenly", r"verteil\w*|konzentr\w*"),
    Cue.SHARE: (r"shares?\b|percentage|proportion|what percent\w*|fraction|mix\b|made up of|portion", r"anteil\w*|prozent\w*|zusammensetz\w*"),
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
