"""Sentences of two categories that are crossed."""

SENTENCES = {
    "cross.highest": "{measure} {measure:ist|sind} am höchsten, wo {first} und {second} zusammenkommen: {value}",
    "cross.lowest": "{measure} {measure:ist|sind} am niedrigsten, wo {first} und {second} zusammenkommen: {value}",
    "cross.alike": (
        "{measure} {measure:zeigt|zeigen} zwischen den Paaren keinen klaren Unterschied: "
        "{value} für {first} und {second}"
    ),
    "cross.next": "dahinter liegen {first} und {second} mit {value}",
    "cross.small": "Paare mit wenigen Zeilen bleiben außen vor",
    "cross.method": "Grundlage {measure:ist|sind} {measure} nach {first} und {second} aus {rows} {things:dativ}",
}  # fmt: skip
