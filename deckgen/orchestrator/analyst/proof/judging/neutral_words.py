"""English words that assert nothing by themselves, as the judge of sentences knows them."""

NEUTRAL = """
    's a able absolute accompanied accompanies accompany accompanying accrue accrued accrues
    across actual advise after afterward afterwards against agenda along alongside already also
    although altogether am amid among amongst an and another answer answered answering answers
    apart apiece apparent appear appeared appears are area areas arise arises around arrive
    arrived arrives as aside ask assess at attention audience average averaged averages
    averaging backdrop background balance base based baseline basis be bear bears became become
    becomes been before began begin beginning begins begun being benchmark beside besides
    between block blocks board boast boasted boasts bookend bookends bore both bottom-line
    branch branches briefly broad broadly brought business businesses but by call called calls
    calm calmly came can carefully carrier cash categories category certain change changed
    changes changing channel channels chart charted check checks choose chunk chunks cited
    cities city clarify clock clocked clocks closed closer closes closing clustered coincide
    coincided coincides combine company company-wide comparable comparably compare compared
    compares comparing comparison complete completed completes compose composition conclusion
    confirm confirmed confirms consider consume consumed consumes context contribution
    contributions contributor contributors core correspond corresponded corresponds counterpart
    counterparts countries country course crowd current data date day days dealt debate decide
    deck define defined demonstrate demonstrates department departments derive derived derives
    describe describes despite destination detail details development did dig directly discuss
    display displayed displays distance distribute distributed divide divided divides division
    divisions do does doing done draw draws drew during earner earners either emerge emerged
    emerges end ended ending ends enjoy enjoyed enjoys enough enter entered enters entire
    entries entry equate equates evaluate even evident exact exactly examine except excluding
    explore extend extended extends eye face faced faces fact facts fairly feature featured
    features fed feed feeds figure figures final finally find finding findings finds first flow
    flowed flows focus footprint for former found from full full-year furthermore gap gaps gauge
    gauged gave generator get gets getting given go goes going gone got group grouped groups had
    hand hands happen happened happens has have having he headcounts headline headlines held her
    here hers hid hidden highlight highlighted highlights him his hit hits hitting home hours
    hover hovered hovers how however i if illustrate illustrates important in in-depth indicate
    indicated indicates individual initial input inspect instead interesting internal interval
    into investigate is it item items its itself just key kind kinds know known latest latter
    lay leadership left lens let levels lie lies likewise limit line lines lineup linked list
    listed listener listeners lists locate located log logged logs look lying made manage
    managed management manages map mapped mark market markets marks me mean means meant
    meanwhile measure measured measures median mention mentions merely merit message metric
    metrics mine mix moment monitor month month-end months moreover move moved movement moves
    moving must my name named namely names nationwide near nearest neighbour neighbours neither
    net nets netted network nevertheless next nonetheless nor notable notch notched notches note
    noted notes noteworthy noting notwithstanding now number numbers obscure obscured obscures
    obvious occur occurred occurs of off offer offered offers on one ones onto open opened
    opening opens operating operation operations opposite or order organisation origin originate
    originated originates other our ours out outside over overall overview pack page pair pass
    passed passes path pause peer peers per percentage period periods picture piece pieces plain
    plant plants player players please plot plots plotted plus pocket pocketed pockets point
    points portfolio portion portions position positions possess possesses precise precisely
    prepare present presented presents previous priorities prioritise prioritises prioritize
    priority probe producer product products proportion proportions propose protect provider
    pull pulled pulling pulls put puts putting quantities quantity quarter quarter-end question
    questions quite rake ran range ranged ranges ranging rankings rate rates rather ratio reach
    reached reaches reaching read reader readers reading reads realise realised realises realize
    realized realizes recall recalls recipient recipients recommend recorded regardless region
    regional regions relate related relative relevant remain remainder remained remaining
    remains remarkable remember respective respectively rest rests result results reveal
    revealed reveals review reviews revisit rival rivals room rounded row rows run rundown rung
    runner-up running runs said sale sat saw say saying says scope seat section see seen sees
    segment segments seller sellers separate series set sets setting settle settled settles
    share shared shares she sheer sheet shop shops shoulder shouldered shoulders shown side
    sides simple simply since single site sites situated size sizes slice slices slot snapshot
    sold source sourced sources sourcing span spanned spans speak speaker spectrum spent spite
    split splits spot spotlight spread spreads stack stacks start started starting starts state
    stated states stay stayed stays stemmed stemming stems still stood stop stops store stores
    story stream streams stress stretch stretched stretches striking structure subject
    subsequently such suggest suggests summary supplier table takeaway taken talk tallied
    tallies tally tallying team teams tell telling tells term termed terms than that the their
    theirs them themselves then there thereafter these they think this those though through
    throughout tier till time times to told too took top-line topic toward towards track tracked
    tracks trajectory translate translated translates travel travelled trended trending true
    turn turned turns two-sided type types typical underline underlines understand unit units
    until upshot us use used uses value values versus via view viewed views visible vs wait was
    watch way ways we week weeks weigh weighed weighs weight went were what whatever when where
    whereas wherever which whichever while who whoever whole whom whose with within without work
    worked works worth worthwhile yardstick yardsticks year year-end years yet you your
"""
