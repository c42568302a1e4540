"""What stands around the answers: title, summary, notes, source."""

SENTENCES = {
    "source.line": "Quelle: {name}",
    "draft.title": "Was die Daten in {name} sagen",
    "draft.proof": "Die Präsentation wurde allein aus der hochgeladenen Tabelle berechnet. Jede Zahl darin ist das Ergebnis einer Abfrage, die der Präsentation beiliegt.",
    "draft.not_padded": "Es sind weniger Folien als erlaubt: Nichts sonst in der Tabelle ist stark genug.",
    "draft.question_was": "Die Frage war: {question}",
    "draft.asked": "Der Titel sagt, was die Antworten zusammen ergeben; jede hat ihre eigene Folie.",
    "draft.scanned": "Der Titel sagt, was in der Tabelle auffällt; jeder Punkt hat seine eigene Folie.",
    "story.question": "Was sagen die Daten in {name}?",
    "open.table_lacks": "Nicht beantwortet: {reason}",
    "open.not_done": "Nicht beantwortet: {reason}",
    "open.answered_in_part": "Teilweise beantwortet: {reason}",
    "open.whole": "{open}: {headline}",
    "test.statistic": "{test}: Statistik {statistic}, korrigiertes p {q}",
    "based_on": "Auf Grundlage von {name}",
    "based_on.period": "Auf Grundlage von {name}, {period}",
    "scan.nothing": "Sonst fällt in der Tabelle nichts auf",
    "limits.small": "{subject}: {few} von {total} Gruppen haben weniger als fünf Zeilen",
    "limits.small.fact": "kleine Gruppen von {group}",
    "limits.groups.fact": "Gruppen von {group}",
    "summary.slide": "{text} (Folie {number})",
}
