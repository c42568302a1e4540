"""The small English words that say how the parts of a sentence belong together."""

AND, BETWEEN, BY, FROM = "and", "between", "by", "from"
OF, PER, SAME, THAN, TO = "of", "per", "same", "than", "to"
OWN = "'s"  # North's
ARTICLES = frozenset({"the", "all", "its"})
PER_EACH = frozenset({PER, "each", "every"})
EACH = PER_EACH | {"a", "an", "one", "single"}
AUXILIARIES = frozenset({"had", "has", "have", "been", "was", "were", "is", "are", "be"})
PASSIVE = frozenset({"is", "are", "was", "were", "been", "being"})
# Between a number and what it belongs to at once: "{{f1}} of revenue", "{{f1}} in North".
OF_A_MEASURE = frozenset({"of", "in", "for"})
MEDIAN = "median"
MEANS = frozenset({MEDIAN, "average"})
PARTS = frozenset({"of"})
OF_A_GROUP = frozenset({"in", "for", "at", "of", "from", "by", "with"})
OF_A_PERIOD = frozenset({"in", "for", "by", "at", "of", "during"})
# Before a group: the number in the clause is said of that one, and of no other.
INSIDE = frozenset({"in", "for", "at"})
INSIDE_OR_OWN = INSIDE | {"of", "from", "'s"}
# Before a period: it is the one that is told of, or the one that it is compared with.
WITHIN = frozenset({"in", "during", "by", "until", "for"})
BRINGING = frozenset(
    {"brought", "brings", "produced", "produces", "generated", "generates", "delivered", "delivers"}
    | {"yielded", "yields", "gave", "gives", "created", "creates", "earned", "earns"}
)
LOSSES = frozenset({"leavers", "lost", "churn", "attrition", "cancellations", "losses", "departures"})
LOSING = frozenset({"lost", "lose", "loses", "losing"})
OF_THINGS = frozenset({"each", "every", "fewer"})
BEFORE_REASONS = "since"
SINCE = frozenset({"since", "against", "than", "versus", "vs"})
BASES = SINCE | {"from"}
FROM_A_PEAK = frozenset({"from", "since", "below", "under", "above", "off"})
# Before what something else is compared with.
COMPARED_WITH = frozenset({"than", "against"})
POINTING = frozenset({"the", "than", "against"})
COMPARING = frozenset({"than", "against", "level"})
COUNTING = frozenset({"most", "more", "fewer", "fewest", "least"})
# Before a measure they belong to it: more revenue.
COMPARATIVES = frozenset({"more", "less", "fewer", "higher", "lower"})
# Before a comparative: what follows is compared with what was before.
BECOMING = frozenset(
    {"become", "becomes", "becoming", "became", "get", "gets", "getting", "got", "grew", "grow"}
    | {"grows", "growing", "turned", "turning"}
)
COMPARATIVE_WORDS = COMPARATIVES | {
    "longer", "shorter", "larger", "bigger", "smaller", "greater", "heavier", "lighter", "stronger",
    "weaker", "cheaper", "richer", "busier", "poorer",
}  # fmt: skip
# Before a measure they compare with it: above budget.
PLACES = frozenset({"above", "below", "under", "beneath", "beyond", "behind", "over"})
WHOLE = frozenset({"overall", "total", "all", "average", "altogether"})
EXPECTED = "expected"
EXPECTING = (EXPECTED, "forecast", "range")  # in the labels of facts about what is to come
# Before how long something takes.
BEFORE_DURATIONS = frozenset({"in", "within", "after", "take", "takes", "took", "taking", "needs"})
# By these a verb differs from the noun that is made of it: converts and conversion.
NOUN_ENDINGS = frozenset(
    {"ion", "tion", "sion", "ation", "action", "ition", "ment", "ance", "se", "al"}
)
VERB_ENDINGS = frozenset(
    {"", "e", "s", "es", "ed", "ing", "t", "ts", "ted", "ting", "y", "ies", "ied", "ying"}
    | {"d", "ds", "ded", "ding", "de", "des"}
)
