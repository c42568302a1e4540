"""Sentences of contributions to a change."""

SENTENCES = {
    "contribution.share.rose": "auf {name} entfallen {share} des Anstiegs: {own} von {whole}",
    "contribution.share.fell": "auf {name} entfallen {share} des Rückgangs: {own} von {whole}",
    "contribution.most.rose": "{name} trägt am meisten zum Anstieg bei: {own} von {whole}",
    "contribution.most.fell": "{name} hat am Rückgang den größten Anteil: {own} von {whole}",
    "contribution.more.rose": "{name} allein legte stärker zu als das Ganze: {own} gegenüber {whole}",
    "contribution.more.fell": "{name} allein sank stärker als das Ganze: {own} gegenüber {whole}",
    "contribution.rate.rose": "{name} legte am stärksten zu: von {old} auf {new} ({own})",
    "contribution.rate.fell": "{name} sank am stärksten: von {old} auf {new} ({own})",
    "contribution.tied.rose": "{names} haben am Plus {measure:bei} gleichen Anteil: je {own}",
    "contribution.tied.fell": "{names} haben am Minus {measure:bei} gleichen Anteil: je {own}",
    "contribution.all_tied.rose": "{names} teilen sich das Plus {measure:bei} zu gleichen Teilen: je {own}",
    "contribution.all_tied.fell": "{names} teilen sich das Minus {measure:bei} zu gleichen Teilen: je {own}",
    "contribution.unclear": "nach {groups} ragt nichts klar heraus: Die größte Bewegung, {name} mit {own}, liegt im üblichen Rahmen",
    "contribution.only": "nach {groups} hat nur {name} Werte in beiden Zeiträumen: erst {old}, dann {new}",
    "contribution.next.rose": "{name} legte von {old} auf {new} zu ({own})",
    "contribution.next.fell": "{name} sank von {old} auf {new} ({own})",
    "contribution.against": "{name} lief dem mit {own} entgegen",
    "contribution.balanced": "das Ganze blieb stabil, am stärksten bewegte sich {name}: von {old} auf {new} ({own})",
    "contribution.none": "nach {groups} bewegte sich nichts: {measure} {measure:blieb|blieben} überall stabil",
}  # fmt: skip
