"""Sentences of rankings."""

SENTENCES = {
    "ranking.share": "{name} bringt {share} {measure:von}: {value}",
    "ranking.highest": "bei {name} {measure:ist|sind} {measure} am höchsten: {value}",
    "ranking.lowest": "bei {name} {measure:ist|sind} {measure} am niedrigsten: {value}",
    "ranking.tied.highest": "{names} liegen {measure:bei} gemeinsam vorn: je {value}",
    "ranking.tied.lowest": "{names} liegen {measure:bei} gemeinsam hinten: je {value}",
    "ranking.all_tied": "{names} liegen {measure:bei} gleichauf: je {value}",
    "ranking.all_alike": "alle {number} Gruppen nach {groups} liegen {measure:bei} gleichauf: {value}",
    "ranking.next": "dahinter liegt {name} mit {value}",
    "ranking.whole": "über alle Gruppen sind es {value}",
    "ranking.small": "für einen eigenen Wert zu klein und außen vor: {names}",
}
