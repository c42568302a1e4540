"""English phrases that assert nothing, as `phrases` writes them; a word of them might by itself."""

NEUTRAL = """
    #n only | falls to #g | fell to #g | fall to #g | ask why | ask whether | speak slowly
    | say it slowly | say this slowly | say that slowly | responsible for #n | is all that
    | all that | needs attention | even though | even as | even if | even when | even so
    | not only | but not | whether or not | a closer look | keep an eye on | pay attention to
    | pays attention to | weighs in at | weigh in at | weighed in at | one look | in spite of
    | the years from #p | top to bottom | take care | with care | the first of | together with
    | along with | worth a look | at the other end | at the one end | at one end | on one side
    | on the other side | the other way | it takes | and then | in absolute terms
    | in relative terms | in relation to | relative to | in proportion | in favour of
    | in favor of | #g only #n | no more than #n | only #n | not more than #n | as much as #n
    | as little as #n | as many as #n | just #n | a full #n | no less than #n | as high as #n
    | as low as #n | merely #n | only by #n | by only #n | a mere #n | in all | in total
    | all in all | of all | of all #d | out of all #d | of all the #d | among all #d | among #d
    | across #d | across all #d | over all #d | a single #d | one #d | one of the #d
    | in both years | both years | both periods | as well as | as well | such as | rather than
    | for its part | on its own | for example | at all | in the same period
    | over the same period | in the same year | in that year | same period | same year
    | the same time | at the same time | over that period | over this period | over these years
    | by comparison | in comparison | compared with | compared to | in contrast | by contrast
    | on the other hand | on the one hand | the other | the one | the full year | full year
    | the last full year | last full year | in the last full year | look at | to start with
    | start with | look first at | first : | first #p | to begin with | at first | first look
    | first , | last #p | the latest year | the latest month | the year #p | in the year of
    | in the year | that year | the year | the month #p | the quarter #p
    | from one end to the other | end to end | per #d | must have | a total of | the sum of
    | the first #d | the other #d | the rest | the remainder | adds up to | add up to
    | added up to | both #m | both measures | both figures | each of both | made up | make up
    | makes up | making up | at the end | the gap between | over to | away from
    | first and foremost | in short | in brief | in words | in other words | not the same
    | taken as a whole | as a whole | on the whole | the same #d | at the level of
    | the level of | level of | a level of | levels of | the share of | a share of
    | short of time | good question | at hand | the first thing | last full month | full month
    | full months | full years | complete year | complete month | the first to | the last to
    | for a moment | in the first place | above all | keep in mind | bear in mind | be it
    | at a glance | at its core | the heart of | in view | of any #d | league table | all told
    | settles for | settled for | settle for | #m volumes | #m volume | volume of #m
    | volumes of #m | #m figure | #m figures | #m level | #m levels | in both periods
    | in both months | both months | in both quarters | both quarters | trend line
    | the first #n | the last #n | first #n | last #n
    | about #n | around #n | roughly #n | approximately #n | some #n | turns over #n | turned over #n
    | for all #d | across all #d | for all | each of the #n | for each #m | for every #m
    | at all #d | fall into #g | falls into #g | fell into #g | falling into #g
    | for each unit | per unit | at the same #m | ties up | tied up | tie up
"""
