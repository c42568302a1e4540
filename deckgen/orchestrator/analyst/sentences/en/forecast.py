"""Sentences of forecasts."""

SENTENCES = {
    "forecast.expected": "{measure} should come to {value} in {period}, likely between {low} and {high}",
    "forecast.tested": "In {tests} past forecasts the same method was off by {usual} on average, by {most} at most",
    "forecast.before": "In {period}, {measure} came to {value}",
    "forecast.method.season.trend": "The forecast continues the growth and repeats the season",
    "forecast.method.season": "The forecast repeats the season at the level so far: no clear trend shows",
    "forecast.method.level.trend": "The forecast continues the straight line through the past",
    "forecast.method.level": "The forecast is the level so far: neither a trend nor a season shows clearly",
}  # fmt: skip
