"""Sentences of forecasts."""

SENTENCES = {
    "forecast.expected": "{measure} should come to {value} in {period}, likely between {low} and {high}",
    "forecast.tested": "in {tests} past forecasts the same method was off by {usual} on average, and the range held {held} of them",
    "forecast.before": "in {period}, {measure} came to {value}",
    "forecast.method.season.line": "the forecast continues the growth and repeats the season",
    "forecast.method.season.mean": "the forecast repeats the season at the level so far: no clear trend shows",
    "forecast.method.level.line": "the forecast continues the straight line through the past",
    "forecast.method.season.last": "the forecast repeats the season at the level reached last, which came nearest in the past",
    "forecast.method.level.last": "the forecast stays at the level reached last, which came nearest in the past",
    "forecast.method.season.pace": "the forecast repeats the season and goes on at the pace of late, which came nearest in the past",
    "forecast.method.level.pace": "the forecast goes on at the pace of late, which came nearest in the past",
    "forecast.method.level.mean": "the forecast is the level so far: neither a trend nor a season shows clearly",
}  # fmt: skip
