"""Sentences that several operations need."""

SENTENCES = {
    "scope.once": "{counted}: insgesamt {rows} {things}",
    "scope.once.total": "{counted}: {measure} {measure:kommt|kommen} über {rows} {things} auf {total}",
    "scope.once.one": "eine Zeile steht zweimal in der Datei und zählt einmal",
    "scope.once.twice": "Zeilen, die zweimal in der Datei stehen, zählen einmal",
    "scope.once.often": "Zeilen, die mehrmals in der Datei stehen, zählen einmal",
    "scope.turned": "in den Büchern steht der Umsatz mit Minus; hier steht er ohne",
    "scope.apart": "{left} {things} mit {column} {names} zählen nicht{when}",
    "scope.currency": "Beträge in verschiedenen Währungen sind nicht addiert: Dies sind die {kept} {things} in {names}{when}",
    "scope.only": "es geht um die {kept} {things} mit {column} {names}{when}",
    "scope.happened": "das gilt für {kept} von {every} {things:dativ}{when}",
    "scope.filtered": "nur {kept} von {every} {things:dativ} zählen hier{when}, ausgewählt nach {column}",
    "scope.before": "{names}: {said:satz}",
    "scope.where": "{column} „{value}“: {said:satz}",
    "scope.dated": "nur mit {column}: {said:satz}",
    "method": "Grundlage {measure:ist|sind} {measure} aus {rows} {things:dativ}",
}  # fmt: skip
