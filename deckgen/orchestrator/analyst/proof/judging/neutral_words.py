"""English words that assert nothing by themselves, as the judge of sentences knows them."""

NEUTRAL = """
    's a able absolute absorb absorbed absorbs accompanied accompanies accompany accompanying
    account accounted accounting accounts accrue accrued accrues achieve achieved achieves across
    add added adding adds advise after afterward afterwards against along alongside already also
    although am amid among amongst amount amounted amounts an and another answer answers apart
    apiece apparent appear appeared appears are area areas arise arises around arrive arrived
    arrives as aside ask assess at attain attained attains attention attract attracted attracts
    audience average averages background balance base based basis be bear bears became become
    becomes been before began begin beginning begins begun being belong belonged belongs benchmark
    beside besides between block blocks board boast boasted boasts book booked books bore both
    bottom-line branch branches briefly bring bringing brings broad brought business but by call
    called calls calm calmly came can capture captured captures carefully carried carrier carries
    carry carrying cash categories category certain change changed changes changing channel channels
    chart check checks choose chunk chunks cited cities city claim claimed claims clarify clock
    clocked clocks close closed closer closes coincide coincided coincides collect collected
    collects combine come comes coming command commanded commands compare compared compares
    comparing comparison complete completed completes compose composition comprise comprised
    comprises comprising conceal concealed conceals conclusion confirm confirmed confirms consider
    constitute constituted constitutes consume consumed consumes contain contained contains context
    contrast contribute contributed contributes contributing contribution contributions contributor
    contributors core correspond corresponded corresponds cost costs count counted countries country
    counts course cover covered covers crowd current data date day days debate decide deck define
    defined deliver delivered delivering delivers demonstrate demonstrates department departments
    derive derived derives describe describes despite destination detail details development did dig
    directly discuss display displayed displays distance distribute distributed divide divided
    divides division divisions do does doing done draw draws drew during earn earned earner earners
    earning earns either emerge emerged emerges end ended ending ends enjoy enjoyed enjoys enough
    enter entered enters entire entries entry equals equate equates evaluate even evident exact
    exactly examine except excluding explore extend extended extends eye face faced faces fact facts
    fairly feature featured features fed feed feeds fetch fetched fetches field figure figures fill
    filled fills final finally find finding findings finds first flow flowed flows focus follow
    followed following follows footprint for form formed former forms found from full furthermore
    gap gaps gather gathered gathers gave generate generated generates generating generator get gets
    getting give given gives giving go goes going gone got group groups had hand handle handled
    handles handling hands happen happened happens has have having he headcounts headline held her
    here hers hid hidden hide hides hiding highlight highlighted highlights him his hit hits hitting
    hold holding holds home host hosted hosts hours house hover hovered hovers how however i if
    illustrate illustrates important in in-depth include included includes including indicate
    indicated indicates individual initial input inspect instead interesting interval into
    investigate is it item items its itself just key kind kinds know known land landed lands latest
    latter lay leave leaves left let level levels lie lies likewise limit line lines lineup linked
    list listed listener listeners locate located log logged logs look lying made make makes making
    manage managed manages mark market markets marks mask masked masking masks me mean means meant
    meanwhile measure measured measures median meet meets mention mentions merely merit message met
    mine mix moment monitor month months moreover move moved movement moves moving must my name
    named namely names near nearest need needed needs neither net nets netted nevertheless next
    nonetheless nor notable notch notched notches note noted notes noteworthy noting notwithstanding
    now number numbers obscure obscured obscures obvious occupied occupies occupy occur occurred
    occurs of off offer offered offers on one ones onto open opposite or order origin originate
    originated originates other our ours out outside over overall own owned owns pack page pair part
    parts pass passed passes path pause per percentage period periods picture piece pieces place
    placed places plain plant plants player players please plus pocket pocketed pockets point points
    portion portions position positions possess possesses post posted posts precise precisely
    prepare present presented presents previous prioritise prioritize probe process processed
    processes produce produced producer produces producing product products proportion proportions
    propose protect provide provided provider provides providing pull pulled pulling pulls put puts
    putting quantities quantity quarter question questions quite rake ran range ranged ranges
    ranging rank ranked ranking rankings ranks rate rates rather ratio reach reached reaches
    reaching read reader readers reading reads realise realised realises realize realized realizes
    recall recalls receive received receives receiving recipient recipients recommend recorded
    regardless region regions register registered registers relate related relative relevant remain
    remained remaining remains remarkable remember report reported reports represent represented
    representing represents require required requires resolve resolved resolves respective
    respectively rest rests result results reveal revealed reveals review reviews room rounded row
    rows run rung runner-up running runs said sale sat saw say saying says scale scope score scored
    scores seat section secure secured secures see seen sees segment segments sell seller sellers
    selling sells separate series serve served serves set sets setting settle settled settles share
    shared shares she sheer shop shops shoulder shouldered shoulders show showed showing shown shows
    side sides simple simply since single sit site sites sits situated size sizes slice slices slide
    slot so sold solve solved solves source sourced sources sourcing span spanned spans speak
    speaker spectrum spend spends spent spite split splits spot spread spreads stack stacks stand
    standing stands start started starting starts state stated states stay stayed stays still stood
    stop stops store stores story stream streams stress stretch stretched stretches striking
    structure subject subsequently such suggest suggests sum summary sums supplied supplier supplies
    supply table take takeaway taken takes taking talk tallied tallies tally team teams tell telling
    tells term termed terms than that the their theirs them themselves then there thereafter these
    they think this those though through throughout tier till time times to told too took top-line
    topic total totaled totalled totals toward towards track tracks trajectory translate translated
    translates travel travelled true turn turned turns two-fold type types underline underlines
    understand unit units until upshot us use used uses value values varied vary versus via view
    visible vs wait was watch way ways we week weeks weigh weighed weighs weight went were what
    whatever when where whereas wherever which whichever while who whoever whole whom whose with
    within without work worked works worth worthwhile yardstick year year-end years yet yield
    yielded yielding yields you your
"""
