"""How English questions say what they ask for: each pattern begins with a word, in any case."""

from deckgen.orchestrator.analyst.lexicon.questions.cues import Cue

MORE = (
    "more|less|better|worse|happier|faster|slower|cheaper|dearer|longer|shorter|higher|lower|bigger"
    "|smaller|easier|safer"
)
PATTERNS: dict[Cue, str] = {
    Cue.MUCH: (
        r"how often|how far (?!below|above|behind|ahead|off|from)|how (much|high|big|large|low"
        r"|full|tight|satisfied|happy|well|good|strong)"
        r"|what('s| is| are| was| were)\b|where (do|does) .{1,40} stand|how expensive"
        r"|how (is|are|was|were) (our|the) |what (do|did) (we|they|i|you) (spend|pay|earn|sell|make)\b"
        r"|what (do|does|did|will|would) .{1,60} (cost|bring|earn|make)\b|costs? of (a|an|one|each) "
    ),
    Cue.MANY: r"how many|number of",
    Cue.LONG: (
        r"how long|how (quick|fast|slow)(ly)? (do|does|did|is|are|was) (?!we grow|.{0,20}grow)"
        r"|wait\b|waiting|takes? longest"
    ),
    Cue.WHICH: (
        r"which|what (?!is|are|was|were|do|does|did|would|should|can|could|if|has|have|had|drives|made"
        r"|happen|share|percent|proportion|fraction)\w+"
    ),
    Cue.WHO: (
        r"(?<!people )(?<!those )(?<!customers )(?<!members )(?<!guests )(?<!users )(?<!patients )"
        r"(?<!employees )(?<!students )who(se)?\b"
    ),
    Cue.WHERE: r"where\b(?! (do|does) .{1,40} stand)",
    Cue.WHEN: (
        r"when\b|(what|which) (time|hour|weekday|day|month|season)s?\b"
        r"|time of (the )?(day|week|year)|season"
    ),
    Cue.MOST: (
        r"most\b|highest|largest|biggest|greatest|top\b|leads?\b|led\b|leading|main\b|mainly|longest"
        r"|slowest|maximum|dearest|expensive"
    ),
    Cue.LEAST: (
        r"least\b|lowest|smallest|fewest|bottom\b|minimum|cheapest|shortest|fastest response"
        r"|quickest"
    ),
    Cue.GOOD: (
        r"best\b|(should|could) .{1,30} more (budget|money|spend)|strongest|healthiest"
        r"|most (successful|profitable)|does best|ahead"
    ),
    Cue.BAD: (
        r"worst\b|laggards?\b|lag(s|ging)?\b|weakest|poorest|unhapp\w*|dissatisf\w*|struggl\w*"
        r"|lets? us down|problem\w*|in trouble|behind\b"
        r"|poor(ly)?|underperform\w*"
    ),
    Cue.UP: (
        r"gr(ow|ew|own|owth|owing|ows)\b|increas\w*|ris(e|es|ing|en)\b|rose\b|gain\w*|climb\w*"
        r"|improv\w*|getting better"
        r"|(drive|drove|push|pushed|sent|brought)\b.{1,40}\bup\b"
    ),
    Cue.DOWN: (
        r"shr(ink|ank|unk)\w*|declin\w*|decreas\w*|f(all|ell|alling|allen)\b|drop\w*|lost\b"
        r"|los(e|es|ing)\b|getting worse|less\b|reduc\w*"
        r"|(drive|drove|push|pushed|sent|brought)\b.{1,40}\bdown\b"
    ),
    Cue.DEVELOP: (
        r"develop(s|ed|ing|ments?)?\b|what (has |have )?happened\b"
        r"|trend\w*|over time|evol\w*|chang(e|es|ed|ing)\b|progress\w*"
        r"|how (is|are|did|do|has|have) .{1,60} (doing|do|go|gone|going|perform\w*)\b"
        r"|than (before|it used to|they used to|it was|they were)\b|(getting|becoming) (more"
        r"|less) \w+|(getting|becoming) \w+er\b|(getting|gets?|got|becomes?|became"
        r"|becoming) (better|worse)|history|course of"
    ),
    Cue.COMPARE: (
        r"compared? (with|to)|versus|vs\.?\b|than (in )?(the )?(last|previous|year)|than in\b"
        r"|year before|from the (first|second|third) to the|against (the )?(last|previous)"
    ),
    Cue.PREVIOUS: (
        r"(the )?(year|quarter|month|week) before"
        r"|(last|previous|prior|same) (year|quarter|month|week|half)|a year (ago|earlier)"
        r"|year[- ](on|over)[- ]year|(first|second|last) half"
    ),
    Cue.CAUSE: (
        r"why\b"
        r"|(which|what) (factors?|variables?|things) "
        r".{0,30}(influenc|affect|driv|determin|matter|explain)\w*"
        r"|what (really |actually )?matters\b|matters? most\b"
        r"|what (drives|determines|determined|influences|explains|causes|affects|makes|moves)"
        r"|driv(er|ers|en by)\b|who drives|depends? on|reasons?\b|causes?\b"
    ),
    Cue.RELATION: (
        r"pays? off|(do|does) [^,]{2,30}\bpay\?|worth it|explains?\b|relat(ed|ion|ionship)\b"
        r"|correlat\w*|affects?\b"
        r"|influences?\b|impact\b|effect\b|go(es)? (along )?with|have to do with|help\b|helps\b"
        r"|hurts?\b|harms?\b|matters?\b(?! most)|work\?"
        rf"|(are|do) (older|younger|larger|bigger|smaller|newer|cheaper|heavier) .{{2,40}}\b({MORE})\b"
        rf"|(do|does|did) .{{2,40}}\b(make|makes) .{{2,40}}\b({MORE})\b"
        r"|(do|does|did) .{2,40}\b(make|makes|keep|keeps) .{2,40}\b((un)?happy|(dis)?satisfied"
        r"|angry|loyal)\b"
        r"|(?<!what )(do|does|did) .{2,40}\b(cost|bring|earn|win|gain|lose|save) us\b"
    ),
    Cue.EXPECT: (
        r"expect(ed|s|ing)?\b|forecast\w*|predict\w*|project(ion|ed for)|anticipat\w*"
        r"|next (month|quarter|year|week)|will (we|our|the|sales|revenue)|outlook|by the end of"
    ),
    Cue.NEXT: (
        r"(next|coming|following|upcoming) (\w+ )?(month|quarter|year|week|season)s?\b"
        r"|will (we|our|the|sales|revenue)|by the end of (the|this) (year|quarter|month)"
    ),
    Cue.UNUSUAL: (
        r"unusual|anomal\w*|outlier\w*|strange|suspicious|odd\b|irregular\w*|out of (the )?ordinary"
        r"|stand(s)? out|abnormal"
    ),
    Cue.FUNNEL: r"funnel|drop[- ]?off|step .{0,30}los\w*|conversion (path|steps)|abandon\w*",
    Cue.RETURN: (
        r"com(e|es|ing) back|return (customers|visitors)|repeat\w*|again\b|loyal\w*|retention"
        r"|more than once|reorder (rate|again)"
    ),
    Cue.SEGMENTS: r"segment\w*|cluster\w*|(kinds|types|groups) of customers|personas?",
    Cue.WHAT_IF: (
        r"what (would|will) happen|what (happens|changes|would change) if|what if"
        r"|suppos(e|ing) (that )?(we|the|our)\b"
        r"|if we (raise|raised|cut|lower|lowered|increase|increased|reduce|reduced|double|doubled)"
    ),
    Cue.ADVICE: (
        r"should we\b(?! (expect|see|anticipate|assume|predict|forecast))"
        r"|what (can|could|must) we do|what to do|recommend\w*|next steps?"
        r"|how (can|could) we|focus on|priorit\w*|advice|what follows\b"
        r"|what (does|do) (it|this|that|they|these) mean for\b"
    ),
    Cue.OVERVIEW: (
        r"what (do|does|can) (the|this|these|our|my) (data|numbers?|figures|table|file)"
        r" (say|show|tell)\b"
        r"|what stands out\b|what('s| is) (interesting|notable|noteworthy|new)\b"
        r"|what (should|must|do) (i|we) (need to )?know\b|what isn't\b"
        r"|how (are we|is (the |our )?(business|company|shop|store)) doing\b"
        r"|how(('s| is) (business|it)| are things)( going)?\b"
        r"|what('s| is| went| goes)( going)? (well|wrong|badly|right)\b"
        r"|(are there|what are) ((any|the|our|your) )?((main|biggest|big) )?(problems?|issues?)\b"
        r"|(key|main) (takeaways?|findings?|insights?|messages?)\b"
    ),
    Cue.PLANNED: (
        r"budget\w*|targets?\b|plan(s|ned)?\b|goals?\b|quotas?\b|on track|over[- ]?spen[dt]\w*"
        r"|under[- ]?spen[dt]\w*|overrun\w*|(against|versus|vs\.?) (the )?forecast|miss(ed)?\b"
    ),
    Cue.TEST: (
        r"significan\w*|statistically|by chance|a/b|reliable difference"
        r"|(bett|fast|slow|high|low|larg|small|strong|weak|cheap|long|short)er\b"
        r".{0,50}\bthan\b(?! (in|last|the last|the previous|a year))|worse than"
        r"|(more|less) \w+ than (?!last|the last|the previous)"
        r"|(do|does|did|are|is|were|was) .{2,60}\b(more|less|better|worse) than "
        r"(?!\d|last|the |once|usual|we\b|you\b|they\b|it\b|expected|planned|average|half)"
        r"|(are|is|were|was) \w.{1,50}\b(more|less|better|worse) "
        r"[a-z]+(ed|ful|ive|able|ant|ent|ous|al)\b"
    ),
    Cue.LOSE_MONEY: (
        r"los(e|es|ing|t)? (us )?money|loss[- ]making|unprofitable|in the red|negative margin"
        r"|below cost|make a loss|at a loss"
    ),
    Cue.PROFIT: (
        r"profit\w*|margins?\b|earn\w*|(make|makes|making|made) money|in the black|break even"
        r"|spend more than|live within"
    ),
    Cue.YEARLY: r"(per|a|each|every) year|annual\w*|yearly|cagr|p\.a\.",
    Cue.AVERAGE: r"average|mean\b|typical\w*|usual\w*|on average|median",
    Cue.EACH: (
        r"per (?!year|month|week|day|quarter|cent)\w+"
        r"|a (customer|person|head|visitor|user|guest) spend|each (order|customer|purchase|visit)"
    ),
    Cue.BY: r"(by|per|across) (?!how|far|then|now|the end)[^\W\d]|(for|in|of) (each|every)\b",
    Cue.OPEN_MONEY: (
        r"outstanding|never (been )?(returned|paid|delivered|closed|finished|answered)|un(paid"
        r"|sold|resolved|solved|finished|answered|delivered|shipped|filled"
        r"|closed)\b|not (been )?paid|still (owe|owed|due|open|running|going)"
        r"|receivable\w*|overdue amount"
        r"|owes? us"
    ),
    Cue.DIFFERENCE_MADE: (
        r"ma(de|kes?|king) the (biggest |most )?difference"
        r"|behind (it|this|that|the (change|rise|fall|drop|decline|increase|growth))"
        r"|(drives?|drove|driving) "
        r"(it|this|that|the (change|growth|rise|fall|drop|decline|increase)|growth"
        r"|.{1,40}\b(up|down)\b)"
        r"|what('s| is| lies) behind"
    ),
    Cue.NEGATED: r"(do|does|did|is|are|was|were)(n['’]t| not)\b",
    Cue.CONTRIBUTE: r"contribut\w*|account(s|ed)? for|due to|responsible",
    Cue.LOSE_THINGS: (
        r"(los(e|es|ing|t)|leav(e|es|ing))\b.{0,24}"
        r"\b(people|staff|employees|workers|customers|clients|users|members|subscribers|visitors"
        r"|patients|students|money)\b"
    ),
    Cue.BELOW: r"below|under\b|less than|fewer than|short of",
    Cue.OVER: r"above|over (?!time|the (last|past))|more than|exceed\w*|greater than",
    Cue.DISTRIBUTION: r"distribut\w*|spread\b|concentrat\w*|pareto|how evenly",
    Cue.SHARE: (r"shares?\b|percentage|proportion|what percent\w*|fraction|mix\b|made up of|portion"),
    Cue.LIKELY: (
        r"(more|less) (often|likely|frequently)|likelier"
        r"|(do|does|did) .{2,60} (increase|reduce|raise|lower|improve|boost|cut|lengthen|shorten) \w"
        r"|(do|does|did) .{2,60} "
        r"(earn|spend|cost|buy|pay|use|score|take|sell|order|stay|wait|last|perform"
        r"|return|bring)s? (more|less|longer|higher|lower|better|worse)"
        r"|(do|does|did) .{2,60} (get|make|have|need|cause|use|drive|win|show|produce)s? "
        r"(more|less|fewer|longer|higher|lower)"
        rf"|(is|are|was|were) (?!.{{1,40}}\b(getting|becoming|any)\b)[^,]{{2,50}}\b({MORE})\?"
        rf"|(is|are|was|were) .{{2,50}}\b({MORE}) (on|in|at|for|with|among) (?!\d|last|the (last"
        rf"|first))"
    ),
    Cue.STAND_OUT: r"stands? out|stick(s)? out|is different",
    Cue.TIME_OF_DAY: (
        r"times? of (the )?day|(what|which) (time|hour)s?\b|hours? of (the )?day|by (the )?hour"
        r"|(busiest|quietest|peak|rush) (hour|time)s?|(early|late) in the day"
    ),
    Cue.WEEKDAY: (
        r"weekdays?|days? of (the )?week|(what|which|busiest|quietest|slowest) days?\b|weekends?"
        r"|(mon|tues|wednes|thurs|fri|satur|sun)days?\b"
    ),
    Cue.TIME_OF_YEAR: (
        r"season(s|al|ally|ality)?\b|times? of (the )?year"
        r"|(what|which|busiest|quietest|strongest|weakest) months?\b|months? of the year"
        r"|(over|through|throughout|during) (the course of )?the year\b(?! \d{4})"
    ),
    Cue.WHICH_PERIOD: r"(which|what) (years?|quarters?|weeks?)\b",
    Cue.PEAKED: (
        r"when (was|were) .{1,60}\b(highest|lowest|best|worst|strongest|weakest|largest|smallest"
        r"|at (its|their) (peak|height|best|worst|highest|lowest))"
        r"|when (did|has|have) .{1,60}\b(peak(ed)?|top|bottom)( out)?\b|when (did|was) .{1,60}\bpeak\b"
    ),
    Cue.OCCUR: (
        r"occur\w*|happen(s|ing|ed)?\b(?! (if|to|with)\b)|take place|peaks?\b|bus(y|ier|iest)\b"
        r"|quiet(er|est)?\b"
        r"|accumulat\w*|hot ?spots?|often(est)?\b"
    ),
    Cue.SHIFT: (
        r"(level|step|sudden) (shift|change)\w*|shift(s|ed)?\b|turning points?|break(s|point\w*)? in"
        r"|structural break|jump(s|ed)?\b|since when"
        r"|when (did|has|have|do|does) .{1,60}(chang\w*|start\w*|begin\w*|began|jump\w*|drop\w*"
        r"|fall\w*|fell|ris\w*|rose|increas\w*|decreas\w*|improv\w*|worse\w*"
        r"|go (up|down)|went (up|down)|slow\w*)"
    ),
    Cue.SLOW: (
        r"slow(er|est|ly)?\b|tak(e|es|ing) (too |so |the )?long(er|est)?\b|long waits?|longest"
        r"|quickest|fastest\b|shortest (time|wait)"
    ),
    Cue.LATE: (
        r"late(r than|ly paid)?\b|lateness|delay(s|ed)?\b|overdue|on[- ]time|in time\b|punctual\w*"
        r"|sla\b|past due|miss(es|ed)? the(ir)? (deadline|due date)\w*"
    ),
    Cue.LAPSED: (
        r"lapsed|inactive|dormant"
        r"|(not|never|n't) (ordered|bought|been|come|came|purchased|visited|returned|come back)"
        r"|stopped (buying|ordering|coming)"
    ),
    Cue.COHORT: (
        r"cohorts?\b|retention|retain\w*|still (active|with us|using|buying)|stick around"
        r"|stay with us|after their first"
    ),
    Cue.TIED_UP: (
        r"tied up|(stock|inventory|warehouse) (value|worth)"
        r"|(value|worth) of (our |the )?(stock|inventory|goods)|(stock|inventory) worth"
        r"|worth in stock"
    ),
    Cue.PEOPLE: (
        r"head ?count|workforce"
        r"|(how many|number of) (people|employees|staff|colleagues|nurses|teachers|workers)"
        r"|do we employ|on (the )?payroll"
    ),
    Cue.LEAVERS: (
        r"leav(e|es|ers?|ing)\b|left us|staff turnover|turnover rate|attrition|quit(s|ting)?\b"
        r"|resign\w*"
        r"|los(e|es|ing) (most )?(of )?(its |their |our )?"
        r"(people|staff|employees|colleagues|nurses|teachers)"
    ),
    Cue.OVERTIME: (
        r"overtime|work(s|ing)? too (much|long)|overwork\w*|more than .{1,12} hours|extra hours"
        r"|long hours"
    ),
    Cue.THEMES: (
        r"complain\w* (most )?about"
        r"|what (do|are|did) .{1,40}\b(com(e|ing) (in )?for|call(ing)? (us )?about|ask(ing)? for)\b"
        r"|what (do|are|did) .{1,40}(say|saying|write|writing|talk\w*|complain\w*|mention\w*)"
        r"|themes?\b|topics?\b|keywords?"
        r"|(common|frequent|main|typical) (complaints?|words|issues|problems|themes|requests)"
    ),
    Cue.RUN_OUT: (
        r"expir\w*|run(s|ning)? out"
        r"|(contracts?|leases?|licen[cs]es?|subscriptions?|agreements?|warrant(y|ies)|polic(y|ies)) "
        r"(will )?(end|renew)\w*|up for renewal"
    ),
    Cue.DIFFER: (
        r"differ\w*|compare\b|gaps?\b"
        r"|between (?:the )?(?!\d|q\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d)\w+"
    ),
}
