"""Sentences of peaks: when something was highest or lowest."""

SENTENCES = {
    "peak.high": "{measure} {measure:was|were} highest in {period}: {value}",
    "peak.low": "{measure} {measure:was|were} lowest in {period}: {value}",
    "peak.high.tied": "{measure} {measure:was|were} highest in {period}: {value} each",
    "peak.low.tied": "{measure} {measure:was|were} lowest in {period}: {value} each",
    "peak.since.fell": "From then to {period} it fell by {by}, to {value}",
    "peak.since.rose": "From then to {period} it rose by {by}, to {value}",
}
