"""English phrases as the judge of sentences knows them; they come before words, the longest first.

`#n` is a number, `#g` a group, `#p` a period, `#m` a measure, `#d` a column that forms groups.
"""

from deckgen.orchestrator.analyst.proof.judging.kinds import Kind

PHRASES: dict[Kind, str] = {
    Kind.RISE: """
        edged past | moved past | went past | climbed past | rose past | gained ground
        | gains ground | gain ground | on the up | on the rise | moved up | went up | picked up
        | pick up | picks up | came up | goes up | go up | shot up | a plus of | up by | up to
        | in the black | lifted its | lifts its | lift its | stepped up | steps up | moved higher
        | moves higher | edged higher | edges higher | crept up | ticked up | ticks up
    """,
    Kind.ADDS: "added #n | adds #n | add #n | adding #n | picked up #n | put on #n | puts on #n",
    Kind.FALL: """
        lost ground | loses ground | lose ground | on the decline | moved down | went down
        | goes down | go down | came down | gave up | gives up | give up | fell back | falls back
        | fall back | at a loss | fell short of #p | down by | down to | a minus of | ceded ground
        | cedes ground | gave ground | gives ground | came off | comes off | moved lower
        | moves lower | edged lower | edges lower | crept down | ticked down | ticks down
        | backed off
    """,
    Kind.STEADY: """
        kept its part | keeps its part | kept its share | keeps its share | held its share
        | held its part
        | held steady | hold steady | holds steady | held its level | hardly moved | barely moved
        | hardly changed | barely changed | did not change | stood still | on the level of #p
        | little changed | remains level | stayed level | no change | no clear change | nearly flat
        | almost flat | nearly unchanged | almost unchanged | practically unchanged
        | virtually unchanged
    """,
    Kind.HIGH: """
        is first | was first | are first | were first | top spot | first spot | pole position
        | front of the pack | head of the table | top of the table | most important | most relevant
        | most valuable | most productive | the top | heads the field | in the lead | comes first
        | come first | came first | ranks first | rank first | ranked first | stands first
        | first place | the most | the most of all | at the top | on top | ahead of all
        | ahead of every other #d | ahead of all others | ahead of all other #d | out in front
        | in front | takes the lead | take the lead | took the lead | the lead | the front
        | heads the list | heads the #d | highest of all | largest of all | sets the pace
        | largest part | largest share | biggest share | biggest part | the main | main source
        | largest contributor | main contributor | the bulk | ahead of the others
        | ahead of the rest | in first place | top of the list | tops the list | the largest slice
        | the lion's share | first among | first of all #d | most #m | the first | crowd puller
        | star performer | top performer | best performer | strongest performer | bears the brunt
        | bear the brunt | bore the brunt | takes the crown | wears the crown | leads the way
        | leads the pack | front of the field | heads the league table | tops the league table
        | heads the table | tops the table | ahead of its peers | ahead of the field
        | pays latest | pay latest | is latest | are latest
        | the most expensive | most expensive | the most costly
        | centre of gravity | the main pillar | calls the tune
    """,
    Kind.LOW: """
        at the end of the table | at the end of the list | end of the table | bottom spot | is last
        | was last | tail end | the tail | closes the list | bottom of the table
        | bottom of the list | weakest link | least important | last spot | closes the ranking
        | end of the list | comes last | come last | came last | ranks last | rank last
        | ranked last | stands last | the least | at the bottom | brings up the rear
        | bring up the rear | brought up the rear | the rear | behind all | behind all others
        | behind all other #d | behind every other #d | in last place | smallest part
        | smallest share | last place | trails all others | trails all other #d
        | trails every other #d | trails the rest | trails the field | trails all #d
        | lags all others | the lowest of all | least #m | fewest #m | the last | behind the rest
        | behind the others | last of all #d | last among | props up the table
        | props up the ranking | wooden spoon | weak spot | bottom performer | worst performer
        | weakest performer | trails the pack | lags the field | lags the pack | lags its peers
        | trails its peers | foot of the table | foot of the ranking | back of the pack
        | behind its peers | behind the field
    """,
    Kind.MORE: """
        edges out | edged out | edge out | ranks over | prevails over | sits above | sat above
        | wins over | more #m | higher #m | larger #m | greater #m | ahead of | more than
        | higher than | larger than | bigger than | greater than | in front of | the upper hand
        | an edge over | a lead over | the lead over | lead over | edge over | advantage over
        | one up on | more of | the better of | ranks above | ranks before | stands above
        | leads over | out ahead | leads #g | led #g | beats #g | has the edge over
        | the upper hand over | clear of #g | met its #m | met the #m | meets its #m | meets the #m
        | hit its #m | hit the #m | hits its #m | reached its #m | reached the #m | reaches its #m
        | reach its #m | reach the #m | hit #m
        | covered #m | covered the #m | covers #m | covers the #m
    """,
    Kind.LESS: """
        sits below | sat below | lies below | lies behind | stands behind | comes in behind
        | fewer #m | less #m | lower #m | smaller #m | short of | less than | fewer than
        | lower than | smaller than | no match for | falls behind | fell behind | fall behind
        | falls short | fell short | fall short | ranks below | ranks behind | stands below
        | stays below | stayed below | comes after | second to | yields to | loses to | lost to
        | gives way to
    """,
    Kind.ALIKE: """
        neck and neck | on a par | on par | level with | are level | is level | were level
        | was level | as high as | as large as | as much as #g | as many as #g | head to head
        | the same as | equal to | close to | as low as #g | no different from
    """,
    Kind.FASTER: "faster than | grew more than | rose more than | gained more than | quicker than",
    Kind.SLOWER: "slower than | grew less than | rose less than | less quickly than",
    Kind.NO_OTHER: "no #d | nowhere is | nowhere are | nowhere was",
    Kind.DID_NOT: "did not | does not | do not",
    Kind.MORE_THAN_ANY: """
        more than any other #d | more than all other #d | more than every other #d
        | than any other #d | than any other | than every other #d | than all others
        | than all other #d | above all others | above all other #d | above every other #d
        | above any other #d | than anyone else | than anywhere else | than the others
        | than the rest | exceeds every other #d | exceeds all others | exceeds all other #d
        | beats every other #d | beats all others | beats all other #d | outsells every other #d
        | outsells all others | outsells all other #d | surpasses every other #d
        | surpasses all other #d | surpasses all others | beats the rest | outsells the rest
        | outranks all other #d | outranks every other #d | outranks all others
        | tops every other #d | tops all other #d | leads all #d | leads all other #d
        | leads every other #d | leads all others | leads the rest | leads the field
        | leads the list | leads the #d | tops the #d | heads all #d
    """,
    Kind.LESS_THAN_ANY: """
        less than any other #d | fewer than any other #d | less than all others
        | below every other #d | below all other #d | below all others | below any other #d
    """,
    Kind.PEAK: """
        never stood higher than in | never was higher than in | the high | a high | its high
        | the high of | never been higher than in | never higher than in | never been as high as in
        | never as high as in | highest point | high point | peak #d | peak year | peak month
        | at its peak | best #d | best year | best month | strongest year | strongest month
        | the peak | strongest #d | highest level | at its highest | topped out | high-water mark
    """,
    Kind.TROUGH: """
        never stood lower than in | never was lower than in | the low | a low | its low | the low of
        | never been lower than in | never lower than in | never been as low as in | lowest point
        | low point | weakest year | weakest month | worst year | worst month | weakest #d
        | lowest level | at its lowest | bottomed out
    """,
    Kind.MAJORITY: """
        most of | the majority of | a majority of | more than all others together
        | more than all others combined | most #d | more than the rest combined
        | more than the others combined
    """,
    Kind.LARGER_PART: """
        the larger part | the larger share | the greater part | the greater share | the bigger part
        | the bigger share | the better part | the lead in
    """,
    Kind.TOGETHER: "hand in hand | in step | in parallel | in tandem | in lockstep | in sync",
    Kind.ALONE: "#g alone | #g by itself | #g on its own",
    Kind.MINORITY: "the minority of | a minority of | the smaller part | the lesser part",
    Kind.LITTLE: "a small part | a little | a small share | very little | a fraction",
    Kind.MUCH: """
        a large part | a big part | a large share | a great deal | a good deal | a good part
    """,
    Kind.FAR_MORE: """
        well above | well ahead of | far ahead of | far ahead | well ahead | far above | towers over
        | tower over | towered over | in a different league from | far more than | much more than
        | a long way ahead | a clear lead over | a wide lead over | a large lead over
    """,
    Kind.FAR_LESS: """
        falls far behind | fall far behind | fell far behind | lags far behind | trails far behind
        | far behind | well behind | far below | well below | much less than | far less than
        | a long way behind | far short of
    """,
    Kind.WIDE: """
        by a wide margin | by a clear margin | by a large margin | by some distance | a wide margin
        | far apart | poles apart | a clear margin | wide gap | a large gap | a wide gap
        | a clear lead | a clear gap | a big gap | a comfortable lead | a wide lead | a large lead
        | wide apart
    """,
    Kind.NARROW: "by a narrow margin | a narrow margin | just ahead | just behind | a whisker",
    Kind.APART: """
        parted ways | part ways | opposite ways | opposite directions | in opposite directions
        | went separate ways | drifted apart | moved apart | pulled apart
        | moved in opposite directions | contrary directions | different directions
        | headed in opposite directions | heading in opposite directions
        | head in opposite directions | went in opposite directions | go in opposite directions
        | pulled in opposite directions | ran in opposite directions
    """,
    Kind.EARLIER: """
        than the year before | against the year before | the year before | a year earlier
        | the year earlier | the previous year | the prior year | a year before | a year ago
        | the month before | a month earlier | the previous month | the prior month
        | the quarter before | a quarter earlier | the previous quarter | last year | year on year
        | year over year | month on month | month over month | compared with a year ago
        | on the year | on the month | the preceding year | the preceding month
        | the preceding quarter | a year prior | the year prior | a month prior | the month prior
        | a quarter prior
    """,
    Kind.IN_A_YEAR: """
        in a single quarter | in one quarter | within a quarter | in a week | in a single week
        | in a day | in a year | within a year | over a year | in one year | within one year
        | in a single year | within a single year | over one year | over the year | in a month
        | within a month | in a single month | in one month | over the month | in a quarter
        | within the year | within a single month | in just one year | in just a year
        | in the course of a year | during the year
    """,
    Kind.A_YEAR: """
        a year | per year | each year | every year | per annum | a month | per month | each month
        | every month | a quarter | per quarter | each quarter | every quarter | a week | per week
        | every week | each week | a day | per day | every day | each day | year after year
        | month after month | year by year | month by month | quarter after quarter
        | year in year out | by the year
    """,
    Kind.EXPECTED: "set to | going to | about to | bound to | on course to | on track to",
    Kind.REFUSED: """
        the whole of | all of #m | the entire | is over | are over | was over | by far
        | far and away | next to nothing | all others | every other #d | all other #d | any other #d
        | more than ever | than ever | ever before | as never before | no other | well over #n
        | almost #n | nearly #n | close to #n | at least #n | at most #n | well above #n | well below #n
        | up to a #n
        | beyond #n | upwards of #n | north of #n | south of #n | just over #n | just under #n
        | a good #n | or so | or more | or less | and more | and counting | not even #n | only #g
        | only in #g | #g only | only #m | only the #d | the only #d | the only | only if
        | in every #d | in each #d | in all #d | every #d | each #d | none of | all #d rose
        | as much as all | #n of those | #n of them
        | year to come | years to come | over time | at last | in the long run
        | so far | for good | this year | next year | next month | this month | of all time
        | on record | as a result | thanks to | due to | because of | on account of | leads to
        | led to | driven by | in response to | in the wake of | on the back of | owing to
        | the reason | for years | the decade | the century | last decade | since then | ever since
        | until now | to date | closed the gap | closes the gap | close the gap | closing the gap
        | narrowed the gap | narrows the gap | widened the gap | widens the gap | in both #d
        | both #d | for months | for weeks | for days | for quarters | for some time | for a while
        | for long | of late | taking share | takes share | took share | take share | gained share
        | gains share | gain share | gaining share | lost share | loses share | lose share
        | losing share
    """,
    Kind.OVER: "above #n | more than #n | over #n",
    Kind.UNDER: "below #n | under #n | less than #n | fewer than #n",
}
