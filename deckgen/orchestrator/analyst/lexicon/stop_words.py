"""Words of texts that name no theme, in English and German."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _words("""
    about above across after again against almost along already also although always another anyone
    anything around asked away back because been before being below better between both called came
    cannot could days didn does doesn doing done down during each either else enough even ever every
    everything first from further gave getting give given goes going gone good great have having here
    hers himself however into itself just keep kept last least less like long made make many maybe
    more most much must myself need needed never next nothing once only other others ours over own
    people please quite rather really same second seems several should since some someone something
    still such sure take taken tell than thank thanks that their theirs them themselves then there
    these they thing things think this those though three through time times today together told took
    toward under until upon used using very want wanted well went were what when where whether which
    while whole whom whose will with within without would year years your yours very nice happy bad
    aber alle allem allen aller alles also andere anderen auch beim bereits bitte dabei dann dass deine
    dein denn deren dessen deshalb dies diese diesem diesen dieser dieses doch dort durch eine einem
    einen einer eines einfach etwas euch euer fast ganz gegen gibt habe haben hatte hatten hier ihre
    ihrem ihren immer jede jedem jeden jeder jedes jetzt kann kein keine keinen konnte können leider
    machen mehr mein meine meinem meinen meiner mich muss nach nicht nichts noch nochmal oder ohne
    schon sehr sein seine seit sich sind soll sollte sondern unser unsere unter viel viele vielen wann
    warum weil weiter welche wenn werden wieder wird wirklich wollte worden wurde wurden zwei über gute
    guter gutes danke
""")
