"""Sentences of peaks: when something was highest or lowest."""

SENTENCES = {
    "peak.high": "{measure} {measure:war|waren} {period:im} am höchsten: {value}",
    "peak.low": "{measure} {measure:war|waren} {period:im} am niedrigsten: {value}",
    "peak.high.tied": "{measure} {measure:war|waren} {period:im} am höchsten: je {value}",
    "peak.low.tied": "{measure} {measure:war|waren} {period:im} am niedrigsten: je {value}",
    "peak.since.fell": "bis {period} sank der Wert um {by} auf {value}",
    "peak.since.rose": "bis {period} stieg der Wert um {by} auf {value}",
}
