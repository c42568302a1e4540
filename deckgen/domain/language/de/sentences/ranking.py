"""Sentences of rankings."""

SENTENCES = {
    "ranking.share": "{name} bringt {share} {measure:von}: {value}",
    "ranking.highest": "bei {name} {measure:ist|sind} {measure} am höchsten: {value}",
    "ranking.lowest": "bei {name} {measure:ist|sind} {measure} am niedrigsten: {value}",
    "ranking.highest.few": "bei {name} {measure:ist|sind} {measure} am höchsten: {value}, bei nur {rows} {things:dativ}",
    "ranking.lowest.few": "bei {name} {measure:ist|sind} {measure} am niedrigsten: {value}, bei nur {rows} {things:dativ}",
    "ranking.level": "nach {groups} ragt {measure:bei} nichts heraus: alle liegen zwischen {low} und {high}",
    "ranking.level.highest": "{first} steht mit {high} vorn, {last} mit {low} hinten: so viel kann Zufall sein",
    "ranking.level.lowest": "{last} steht mit {low} hinten, {first} mit {high} vorn: so viel kann Zufall sein",
    "ranking.highest.unclear": "{name} steht {measure:bei} vorn, mit {value}, aber nicht klar vor {others}",
    "ranking.lowest.unclear": "{name} steht {measure:bei} hinten, mit {value}, aber nicht klar hinter {others}",
    "ranking.highest.unclear.others": "{name} steht {measure:bei} vorn, mit {value}, aber nicht klar: andere liegen nahe",
    "ranking.lowest.unclear.others": "{name} steht {measure:bei} hinten, mit {value}, aber nicht klar: andere liegen nahe",
    "ranking.tied.highest": "{names} liegen {measure:bei} gemeinsam vorn: je {value}",
    "ranking.tied.lowest": "{names} liegen {measure:bei} gemeinsam hinten: je {value}",
    "ranking.all_tied": "{names} liegen {measure:bei} gleichauf: je {value}",
    "ranking.all_alike": "alle Gruppen nach {groups} liegen {measure:bei} gleichauf: {value}",
    "ranking.next": "dahinter liegt {name} mit {value}",
    "ranking.whole": "über alle Gruppen sind es {value}",
    "ranking.small": "für einen eigenen Wert zu klein und außen vor: {names}",
}
