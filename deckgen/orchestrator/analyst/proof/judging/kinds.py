"""What words and phrases assert."""

from enum import StrEnum


class Kind(StrEnum):
    """What a word or a phrase asserts."""

    NEUTRAL = "neutral"
    RISE = "rise"
    FALL = "fall"
    STEADY = "steady"
    HIGH = "high"  # the highest of all
    LOW = "low"
    MORE = "more"  # than something else
    LESS = "less"
    FAR_MORE = "far more"
    FAR_LESS = "far less"
    LARGER_PART = "larger part"  # a larger part than those of the others that are known
    TOGETHER = "together"  # two measures moved the same way
    JOINT = "joint"  # several groups, each with its own number
    ALONE = "alone"  # one group is said to do it by itself
    BETTER = "better"
    WORSE = "worse"
    ALIKE = "alike"
    DIFFERS = "differs"
    FASTER = "faster"  # it grew more than something else
    SLOWER = "slower"
    FASTEST = "fastest"  # of all, in what takes time
    SLOWEST = "slowest"
    PEOPLE = "people"  # whom a group has, as a name for it
    NOT = "not"  # what follows does not hold
    MORE_THAN_ANY = "more than any"
    LESS_THAN_ANY = "less than any"
    NO_OTHER = "no other"  # no region brings more than North
    DID_NOT = "did not"  # one measure rose, and the other did not
    PEAK = "peak"  # the highest of all periods
    TROUGH = "trough"
    MAJORITY = "majority"
    MINORITY = "minority"
    LITTLE = "little"  # a small part
    MUCH = "much"
    ADDS = "adds"  # a rise, if the number is a change
    CLEAR = "clear"  # as wide, and of a rank too
    WIDE = "wide"  # how far two values are apart
    NARROW = "narrow"
    APART = "apart"  # one rose and the other fell
    EARLIER = "earlier"  # compared with the period before
    A_YEAR = "a year"  # for each period
    IN_A_YEAR = "in a year"  # within one period
    OVER = "over"  # a number that is cited beside it
    UNDER = "under"
    EXPECTED = "expected"
    REFUSED = "refused"  # no fact can cover it


COMPARES = frozenset({Kind.MORE, Kind.LESS, Kind.FAR_MORE, Kind.FAR_LESS})  # two values
MOVES = frozenset({Kind.RISE, Kind.FALL})
