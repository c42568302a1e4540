"""Sentences of relations: whether something goes with something else."""

SENTENCES = {
    "relation.groups": "{measure} {measure:unterscheidet|unterscheiden} sich nach {column}: {values}",
    "relation.groups_alike": "{measure} {measure:unterscheidet|unterscheiden} sich nicht klar nach {column}: {values}",
    "relation.up": "mit {number} {measure:steigt|steigen} auch {measure}: {slope} je {unit}",
    "relation.down": "mit steigendem Wert von {number} {measure:sinkt|sinken} {measure}: {slope} je {unit}",
    "relation.rate_up": (
        "{measure} {measure:ist|sind} höher, wo {number} hoch ist: {high} gegenüber {low} bei kleinen Werten"
    ),
    "relation.rate_down": (
        "{measure} {measure:ist|sind} niedriger, wo {number} hoch ist: {high} gegenüber {low} bei kleinen Werten"
    ),
    "relation.rate_unclear": (
        "{measure} {measure:hängt|hängen} nicht klar mit {number} zusammen: {low} bei kleinen, {high} bei großen Werten"
    ),
    "relation.unclear": "{measure} {measure:hängt|hängen} nicht klar mit {number} zusammen: Korrelation {correlation}",
    "relation.correlation": "die Korrelation beträgt {correlation}",
    "relation.changes": "auch die Veränderungen von Zeitraum zu Zeitraum gehen zusammen: {slope} je {unit}",
    "relation.changes_unclear": (
        "die Veränderungen von Zeitraum zu Zeitraum gehen nicht klar zusammen: Beide folgen vielleicht demselben Trend"
    ),
    "relation.small": "für einen Vergleich zu klein und außen vor: {names}",
    "relation.no_cause": "ein Zusammenhang beweist nicht, was Ursache und was Wirkung ist",
    "relation.method": "{measure} und {column} wurden gemeinsam über {rows} {things} getestet",
}  # fmt: skip
