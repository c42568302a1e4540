"""What questions ask for."""

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
    OVERVIEW = "overview"  # what there is to know, whatever it is
    PLANNED = "planned"
    TEST = "test"  # is it significant
    LOSE_MONEY = "lose_money"
    PROFIT = "profit"
    YEARLY = "yearly"
    AVERAGE = "average"
    EACH = "each"  # per order
    BY = "by"  # what may form groups: by region
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
    WHICH_PERIOD = "which_period"  # which of the years, quarters or weeks that are past
    PEAKED = "peaked"  # when something was at its highest or lowest
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
