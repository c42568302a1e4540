"""Sentences of columns that are compared with each other."""

SENTENCES = {
    "across.mean.lowest": "{column} has the lowest average: {value}",
    "across.mean.highest": "{column} has the highest average: {value}",
    "across.total.lowest": "{column} has the lowest total: {value}",
    "across.total.highest": "{column} has the highest total: {value}",
    "across.level.lowest": (
        "{first} and {second} are lowest, without a clear difference: {value} and {other}"
    ),
    "across.level.highest": (
        "{first} and {second} are highest, without a clear difference: {value} and {other}"
    ),
    "across.next": "{column} follows with {value}",
    "across.lowest": "{column} is lowest with {value}",
    "across.highest": "{column} is highest with {value}",
    "across.method": "the columns were compared over {rows} {things}, the first two row by row",
}
