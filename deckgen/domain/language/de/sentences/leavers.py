"""Sentences about those who leave."""

SENTENCES = {
    "leavers.level": "insgesamt gingen {left} Personen, bei durchschnittlich {heads}: {rate}",
    "leavers.most": "{name} verliert anteilig die meisten: {left} von durchschnittlich {heads}, also {rate}",
    "leavers.next": "dahinter liegt {name}: {left} von durchschnittlich {heads}, also {rate}",
    "leavers.alike": "nach {groups} verliert niemand klar mehr Personen: {first} verlor {one}, {last} {two}",
    "leavers.window": "es zählt, wer nach {first:dem} ging, bis {last}",
}
