"""Sentences of growth by groups."""

SENTENCES = {
    "growth.grew": "{name} wuchs am stärksten: {signed}, von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "growth.grew.unclear": "{name} wuchs am stärksten, um {signed}, doch das liegt im üblichen Rahmen",
    "growth.none_grew": "nach {groups} wuchs nichts ({base} bis {period}); {name} verlor am wenigsten: {signed}",
    "growth.none_shrank": "nach {groups} sank nichts ({base} bis {period}); {name} wuchs am wenigsten: {signed}",
    "growth.shrank": "{name} sank um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "growth.shrank.within": "{name} sank im üblichen Rahmen um {by}: von {old} ({at_base:ohne}) auf {new} ({at_period:ohne})",
    "growth.tied.rose": "{names} wuchsen gleich stark, um {signed} ({base} bis {period})",
    "growth.tied.fell": "{names} sanken gleich stark: {signed} ({base} bis {period})",
    "growth.tied.steady": "{names} blieben gleichermaßen stabil: {signed} ({base} bis {period})",
    "growth.all_tied": "{names} veränderten sich gleich stark: {signed} ({base} bis {period})",
    "growth.next.rose": "{name} wuchs um {by}, von {old} auf {new}",
    "growth.next.fell": "{name} sank um {by}, von {old} auf {new}",
    "growth.next.steady": "{name} blieb stabil: erst {old}, dann {new}",
    "growth.whole": "insgesamt {name:ging|gingen} {name} von {old} auf {new} ({signed})",
    "growth.whole.known": "über alle mit beiden Werten {name:ging|gingen} {name} von {old} auf {new} ({signed})",
    "growth.no_other": "nach {groups} sank sonst nichts",
    "growth.unknown": "offen, da in einem der Zeiträume ein Wert fehlt: {names}",
    "growth.no_base": "außen vor, da ein Ausgangswert fehlt: {names}",
}  # fmt: skip
