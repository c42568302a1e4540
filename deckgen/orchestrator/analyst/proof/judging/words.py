"""English as the judge of sentences knows it: which words assert what.

A word that stands neither here nor in a phrase nor among the neutral ones asserts something that no
fact covers. Of verbs the base is listed, and `vocabulary` adds the endings. No word stands twice.
"""

from deckgen.orchestrator.analyst.proof.judging.kinds import Kind

# Words of relations, with all regular endings.
LEMMAS: dict[Kind, str] = {
    Kind.RISE: """
        rise grow increase gain climb jump surge soar advance expand swell mount ascend
        escalate leap spike augment appreciate strengthen heighten edge inch creep widen
        lengthen raise broaden balloon mushroom scale enlarge intensify elevate
    """,
    Kind.FALL: """
        fall drop decline decrease lose shrink sink slump plunge tumble collapse slide slip
        dip contract ebb diminish dwindle recede retreat plummet sag slacken subside weaken
        wane wither soften descend shed reduce ease shorten tighten cut trim cool thin
        compress moderate slim
    """,
    Kind.BETTER: "improve",
    Kind.WORSE: "worsen deteriorate",
    Kind.STEADY: "stagnate plateau stabilise stabilize flatten",
    Kind.HIGH: "lead dominate head top prevail win anchor",
    Kind.MORE: """
        outsell outstrip exceed surpass overtake beat eclipse outweigh outnumber outrank
        outdo outperform outshine outclass outscore outearn overshadow trump outmatch
        outproduce outgross outdraw outspend outcompete meet overspend overrun overshoot
    """,
    Kind.LESS: "trail lag undershoot underspend underperform miss",
    Kind.ALIKE: "match equal tie resemble mirror",
    Kind.APART: "diverge decouple",
    Kind.DIFFERS: "differ vary contrast",
    Kind.FASTER: "outpace outgrow outrun",
    Kind.PEAK: "peak culminate crest",
    Kind.FAR_MORE: "dwarf tower",
}
# Of these moves a small one is none, and of those a large one.
LEAPS = "jump surge soar leap spike balloon mushroom plunge tumble collapse slump plummet"
STEPS = "edge inch creep dip"
# Ranks that say which end is good.
VALUING = "best worst strongest weakest poorest"
# Verbs that say no more than that a group has a number.
GIVING = """
    bring deliver generate contribute represent provide supply produce yield earn sell book post
    collect attract claim comprise constitute cover include contain add total amount register show
    account carry form make report hide mask part conceal command capture secure receive handle
    absorb serve host land own belong hold come stand sit rank place take give leave achieve attain
    score sum cost spend require need fill occupy house gather fetch follow count finish conclude
    garner muster amass field tackle invoice ship bank process resolve solve enrol enroll deal tap pay
"""
# Words of relations as they are: irregular forms, adjectives and nouns.
WORDS: dict[Kind, str] = {
    Kind.RISE: """
        rose risen grew grown growth up upward upwards upwardly increasingly leapt swollen
        shot expansion improvement firmed firming crept expansionary positive upswing
        upswings uptick upticks upturn upturns
    """,
    Kind.FALL: """
        fell fallen lost loss losses shrank shrunk shrunken shrinkage sank sunk slid down
        downward downwards reduction contraction negative lowered lowering lowers narrowed
        narrowing narrows downturn downturns downswing downswings
    """,
    Kind.STEADY: "steady unchanged flat stable constant stagnant level",
    Kind.HIGH: """
        best-selling top-selling highest-earning top-earning best-earning top-ranked
        highest-ranked highest largest biggest greatest strongest leader leaders led topmost
        foremost dominant dominance maximum max best first-place number-one heaviest
        frontrunner front-runner busiest longest most won mainstay backbone powerhouse
        flagship workhorse heavyweight cornerstone champion winner stronghold premium
        costliest dearest priciest warmest hottest
    """,
    Kind.LOW: """
        worst-selling lowest-earning lowest-ranked bottom-ranked least-selling thinnest
        slimmest leanest lightest lowest smallest weakest fewest least last-place minimum
        min worst bottom laggard tiniest poorest quietest rear last shortest
        cheapest coldest coolest straggler also-ran minnow
    """,
    Kind.MORE: """
        overspent overran overshot
        excess surplus met outsold overtook overtaken outdid outshone more higher larger bigger
        greater above
        ahead beyond stronger better superior heavier longer busier richer upper
    """,
    Kind.LESS: """
        undershot underspent shortfall shortfalls deficit less fewer lower smaller below behind
        beneath under short weaker worse
        inferior lighter poorer slighter shorter cheaper
    """,
    Kind.ALIKE: """
        alike same equally identical similar identically similarly par
    """,
    Kind.DIFFERS: """
        different difference differences differently uneven unevenly unequal unequally
    """,
    Kind.BETTER: "bettered",
    Kind.FASTER: "outgrew outran faster quicker",
    Kind.SLOWER: "slower",
    Kind.FASTEST: "fastest quickest",
    Kind.SLOWEST: "slowest",
    Kind.NOT: "not hasn't haven't isn't aren't wasn't weren't",
    Kind.PEAK: "high-point zenith",
    Kind.TROUGH: "trough troughs low-point nadir",
    Kind.PEOPLE: """
        people staff employees workers customers clients users visitors buyers respondents members
        colleagues guests patients students residents passengers subscribers shoppers
    """,
    Kind.MAJORITY: "majority predominantly mostly mainly chiefly largely",
    Kind.MINORITY: "minority",
    Kind.LITTLE: """
        little small marginal minor modest tiny fraction sliver slight few weak
    """,
    Kind.MUCH: """
        much large big sizeable sizable substantial considerable major great strong heavy
        heavily hefty bulk strongly
    """,
    Kind.WIDE: """
        far wide widely markedly considerably substantially vastly sharply distinctly
        notably significantly decisively well strikingly noticeably visibly appreciably
        steeply dramatically drastically hugely massively materially meaningfully solidly
    """,
    Kind.CLEAR: """
        clear clearly plainly comfortably comfortable easily solid handily convincingly
        squarely
    """,
    Kind.NARROW: """
        narrow narrowly barely slightly marginally close closely modestly gently
    """,
    Kind.EXPECTED: """
        will would could may might should expect expects expected forecast forecasts
        predicted projected likely probably outlook
    """,
    Kind.EARLIER: "year-on-year year-over-year yoy prior-year previous-year year-ago",
    Kind.A_YEAR: """
        yearly annually monthly quarterly weekly daily annual annualised annualized
    """,
    Kind.JOINT: "together combined",
    Kind.REFUSED: "all-time so",
}
# Of these the base, read in a title, is a noun: "total revenue by region", "growth of orders".
NOUNS = """
    amount bank cost count deal field form growth loss part place process recovery report score sum
    total
"""
# Of such measures less is better, beside those that the lexicon of measures has.
ALSO_LOWER = """
    complaint delay duration incident lateness refund tickets time times
"""
# Words that stand for a column: of times, and of groups in any table.
UNITS_OF_TIME = """
    day days month months quarter quarters week weeks year years
"""
GROUP_NOUNS = """
    categories category group groups item items one ones region regions segment segments
"""
# Conjunctions between clauses.
JOINING = "although and as but then though whereas while yet"
# A clause that begins so, up to its comma, belongs to the one after it.
LEADING = """
    across after against among as at between by compared during for from in of out over since to
    until with within
"""
