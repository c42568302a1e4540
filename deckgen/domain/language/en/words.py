"""English words that checks look for, and those by which an English text is known."""

import re

from deckgen.domain.language.en import nouns
from deckgen.domain.language.phrasebook import Words, words_of

COMMON = words_of("""
    the of and is are was were what which who how why when where did does do has have had our we us
    for with by from to in on at most per each than this that their they be been can should will
""")
_RISE = words_of("""
    rise rises rose risen rising grow grows grew grown growing growth increase increases
    increased increasing gain gains gained up upwards upward above higher larger recovered
    recovery climbed climbs jumped jumps surged surges soared soars doubled tripled expanded
    exceeded plus
""")
_FALL = words_of("""
    fall falls fell fallen falling drop drops dropped decline declines declined declining
    decrease decreases decreased decreasing lose loses lost loss down downwards downward below
    lower smaller shrank shrunk shrinks shrinking sank sinks halved slumped plunged tumbled
    collapsed collapses slid slipped dipped contracted minus
""")
WORDS = Words(
    rise=_RISE,
    fall=_FALL,
    steady=words_of("steady unchanged flat stable"),
    highest=words_of("highest largest biggest most best maximum strongest busiest"),
    lowest=words_of("lowest smallest least fewest worst minimum weakest quietest"),
    # These have no telling ending, unlike regular past tenses.
    verbs=words_of("""
        is are was were be been has have had do does did can could will would may might must shall
        should need needs came come comes stood stand stands held hold holds made make makes lead
        leads led lies lie lay takes take took brings bring brought goes go went gives give gave
        shows show shown tells tell told tend tends moves move differ differs depends depend adds
        add accounts account falls runs run ran sets set settles settle starts start protect collect
        plan review look establish keep kept exceeds exceed overspent underspent overran follows
        follow repeats repeat varies
        vary drives drive drove sold sell sells paid pay pays cost costs won win wins beats beat
        remains remain stays stay sits sit sat outweighs outnumber outnumbers overtook overtakes
        leaves leave left lift lifts hides hide tie ties splits split shares share matter matters
        reaches reach answers answer rests rest breaks broke shifts shift hits hit peaks peak begins
        began ends spread spreads closes lowers narrows
    """)
    | _RISE
    | _FALL,  # “sales up by a tenth” is a statement as well
    verb_endings=("ed",),
    causes=re.compile(
        r"\b(because|due to|caused by|causes|fuell?ed by|explained by|stems? from|thereby|hence|"
        r"on account of|leads? to|led to|thanks to|results? from|as a result|"
        r"driven by|owing to|attributable to)\b",
        re.IGNORECASE,
    ),
    joins=words_of("and but while whereas then"),
    start=words_of("from"),
    end=words_of("to"),
    idioms=frozenset(
        (verb, "up") for verb in ["make", "makes", "made", "add", "adds", "added", "sum", "sums"]
    ),
)
IS_PLURAL = nouns.is_plural
