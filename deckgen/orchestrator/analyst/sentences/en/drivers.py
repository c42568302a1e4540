"""Sentences of drivers: what an outcome or a measure goes with."""

SENTENCES = {
    "drivers.groups": "{measure} differs most by {column}: {values}",
    "drivers.rate": "{measure} goes most with {number}: {low} where it is low, {high} where it is high",
    "drivers.line": "{measure} goes most with {number}: {slope} for each unit more",
    "drivers.whole": "Over all, {measure} is {value}",
    "drivers.beside.groups": "With {first} held alike, {column} comes next: {values}",
    "drivers.beside.line": "With {first} held alike, {number} comes next: {slope} for each unit more",
    "drivers.beside.ends": (
        "With {first} held alike, {column} comes next: highest for {high}, lowest for {low}"
    ),
    "drivers.near.groups": "{column} comes nearest: {values}",
    "drivers.near.rate": "{number} comes nearest: {low} where it is low, {high} where it is high",
    "drivers.near.line": (
        "{number} comes nearest: {slope} for each unit more (correlation {correlation})"
    ),
    "drivers.same": "{first} hangs closely together with {columns}",
    "drivers.gone": "With {first} held alike, nothing clear is left of {columns}",
    "drivers.no_part": "There is no clear link with {columns}",
    "drivers.none": "{measure} goes clearly with no column: any difference could be chance",
    "drivers.method": (
        "{columns} were each tested against {measure} over {rows} {things}, the tests corrected for "
        "their number. That columns go together proves no cause and effect"
    ),
}
