"""Sentences of columns that are compared with each other."""

SENTENCES = {
    "across.mean.lowest": "{column} {column:has|have} the lowest average: {value}",
    "across.mean.highest": "{column} {column:has|have} the highest average: {value}",
    "across.total.lowest": "{column} {column:has|have} the lowest total: {value}",
    "across.total.highest": "{column} {column:has|have} the highest total: {value}",
    "across.level.lowest": (
        "{first} and {second} are lowest, without a clear difference: {value} and {other}"
    ),
    "across.level.highest": (
        "{first} and {second} are highest, without a clear difference: {value} and {other}"
    ),
    "across.next": "{column} follows with {value}",
    "across.lowest": "{column} {column:is|are} lowest with {value}",
    "across.highest": "{column} {column:is|are} highest with {value}",
    "across.method": "the columns were compared over {rows} {things}, the first two row by row",
}
