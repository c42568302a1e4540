"""Sentences of forecasts."""

SENTENCES = {
    "forecast.expected": "{measure} {measure:dürfte|dürften} {period:im} bei {value} liegen, wohl zwischen {low} und {high}",
    "forecast.tested": "in {tests} früheren Prognosen lag das Verfahren im Schnitt um {usual} daneben; die Spanne hielt bei {held} davon",
    "forecast.before": "{period:im} {measure:lag|lagen} {measure} bei {value}",
    "forecast.method.season.line": "die Prognose führt das Wachstum fort und wiederholt die Saison",
    "forecast.method.season.mean": "die Prognose wiederholt die Saison auf bisherigem Niveau: Ein klarer Trend zeigt sich nicht",
    "forecast.method.level.line": "die Prognose führt die gerade Linie der Vergangenheit fort",
    "forecast.method.season.last": "die Prognose wiederholt die Saison auf dem zuletzt erreichten Niveau, das bisher am nächsten kam",
    "forecast.method.level.last": "die Prognose bleibt auf dem zuletzt erreichten Niveau, das bisher am nächsten kam",
    "forecast.method.season.pace": "die Prognose wiederholt die Saison und führt das letzte Tempo fort, das bisher am nächsten kam",
    "forecast.method.level.pace": "die Prognose führt das letzte Tempo fort, das bisher am nächsten kam",
    "forecast.method.level.mean": "die Prognose ist das bisherige Niveau: Weder Trend noch Saison zeigen sich klar",
}  # fmt: skip
