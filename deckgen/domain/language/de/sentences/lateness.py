"""Sentences about what is late or in time."""

SENTENCES = {
    "lateness.level": "{part} von {whole} {things:dativ} sind {outcome}: {share}",
    "lateness.open": "{column} fehlt bei {left} {things:dativ}; sie zählen zu keiner Seite",
    "lateness.latest": "{name} ist am spätesten: im Schnitt {mean} nach dem Termin, {share} {outcome}",
    "lateness.also": "dahinter liegt {name}: im Schnitt {mean} nach dem Termin, {share} {outcome}",
    "lateness.others": "alle übrigen nach {groups} liegen im Schnitt vor dem Termin",
    "lateness.early": "{name} liegt vorn mit {share} {outcome}, im Schnitt {mean} gegenüber dem Termin",
    "lateness.last": "{name} liegt hinten mit {share} {outcome}, im Schnitt {mean} gegenüber dem Termin",
    "lateness.worst": "{name} schneidet am schlechtesten ab: {share} der {things} sind {outcome}",
    "lateness.best": "{name} schneidet am besten ab: {share} der {things} sind {outcome}",
    "lateness.share": "dahinter liegt {name} mit {share} {outcome}",
    "lateness.alike": "nach {groups} unterscheidet sich nichts klar: {first} hat {one} {outcome}, {last} {two}",
}
