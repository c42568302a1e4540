"""Number words of German, French, Spanish, Italian, Dutch and Portuguese, as parts of a pattern.

They are written without accents. Words that English has as well are left out (elf, once, due, miles,
cent, quince), or asked for with the words around them (un tiers, la meta).
"""

_GERMAN = r"""
    (?:zwei|drei|vier|fu?e?nf|sechs|sieben|acht|neun|zehn)(?:mal\w*)?|\w+zehn|zwoe?lf|dutzende?
    |\w*(?:zwanzig|dreissig|vierzig|fu?e?nfzig|sechzig|siebzig|achtzig|neunzig|hundert|tausend)\w*
    |millionen|milliarden?
"""
_FRENCH = r"""
    deux|trois|quatre|cinq|huit|neuf|dix|onze|douze|treize|quatorze|quinze|vingts?|trente|quarante
    |cinquante|soixante|septante|huitante|nonante|douzaines?|centaines?|milliers?|milliards?
"""
_SPANISH = r"""
    tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|trece|catorce|dieci\w+|veinte|veinti\w+|treinta
    |cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|\w*cient[oa]s?
    |quinient[oa]s|docenas?|millones
"""
_ITALIAN_TENS = "(?:vent|trent|quarant|cinquant|sessant|settant|ottant|novant)"
_ITALIAN = rf"""
    tre|quattro|cinque|sette|nove|dieci|undici|dodici|tredici|quattordici|quindici|sedici|dici\w+tt[eo]
    |diciannove|{_ITALIAN_TENS}[aio](?:un|due|tre|quattro|cinque|sei|sette|nove)?
    |{_ITALIAN_TENS}(?:uno|otto)
    |\w*cento\w*|(?:due|tre|sei|\w{{4,}})mila|milion[ei]|miliard[oi]|dozzin[ae]|centinaia|migliaia
"""
_DUTCH = r"""
    twee|drie|vijf|zes|zeven|negen|(?:der|veer|vijf|zes|zeven|acht|negen)?tien|twaalf
    |\w*(?:twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend)\w*
    |miljoen(?:en)?|miljard(?:en)?
"""
_PORTUGUESE = r"""
    dois|duas|quatro|sete|oito|dez|doze|treze|catorze|deze?a?(?:ss)?\w*(?:eis|ete|oito|nove)|vinte
    |trinta|quarenta|cinquenta|sessenta|setenta|oitenta|cem|\w*cent[oa]s
    |(?:duz|trez)ent[oa]s|quinhent[oa]s
    |milh(?:ao|oes)|bilh(?:ao|oes)
"""
CARDINALS = "|".join((_GERMAN, _FRENCH, _SPANISH, _ITALIAN, _DUTCH, _PORTUGUESE))

ORDINALS = r"""
    (?:zwei|vier|fu?e?nf|sechs|sieb|neun|zehn)te[nrs]?|dritte[nrs]?
    |(?:deux|trois|quatr|cinqu|six|sept|huit|neuv|dix)ieme
    |segund[oa]|tercer[oa]?|second[oa]|terz[oa]
    |(?:twee|der|vier|vijf|zes|zeven|negen|tien)de
    |terceir[oa]
"""

PERCENT = r"prozent\w*|procent\w*|pour\s?cent|por\s+ciento|per\s+cento|por\s+cento"

PARTS = r"""
    ha?e?lfte|halbe[nrs]?|\w*(?:drittel|viertel|fu?e?nftel|zehntel)
    |moitie|(?:un|deux|le|les)[\s-]tiers|(?:un|le|trois)[\s-]quarts?
    |mitad|tercios?|(?:un|una)\s+(?:cuart[oa]|quint[oa])
    |(?:l[ao]|all?a|dell?a)\s+meta|terzi|un\s+quarto
    |helft|(?:een|twee)\s+derden?|een\s+kwart
    |metade|tercos?|um\s+(?:quarto|quinto)
"""

MULTIPLES = r"""
    (?:ver)?doppel(?:t\w*|n|ten)|(?:ver)?(?:zwei|drei|vier|fu?e?nf|zehn)fach\w*|halbiert\w*
    |doubl(?:ent?|er|ees?|ait)|tripl(?:ent|er|ees?)
    |dobles?|(?:du|tri)plic(?:a|o|ad[oa]|aron|ou|aram)
    |doppi[oae]|raddoppi\w+|dimezz\w+
    |(?:ge|ver)?dubbel\w*|verdrievoudig\w*|gehalveerd|halveer\w*
    |triplo|dobr(?:o|ou|aram|ado|ada)
"""
