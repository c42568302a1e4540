"""Sentences of drivers: what an outcome or a measure goes with."""

SENTENCES = {
    "drivers.groups": "{measure} differs most by {column}: {values}",
    "drivers.rate": "{measure} {measure:goes|go} most with {number}: {low} where it is low, {high} where it is high",
    "drivers.rises": "{measure} {measure:rises|rise} most with {number}: {slope} per {unit}",
    "drivers.falls": "{measure} {measure:falls|fall} most with {number}: {slope} per {unit}",
    "drivers.whole": "over all, {measure} {measure:is|are} {value}",
    "drivers.beside.groups": "at the same {first}, {column} {column:comes|come} next: {values}",
    "drivers.beside.line": "at the same {first}, {number} {number:comes|come} next: {slope} per {unit}",
    "drivers.beside.ends": (
        "at the same {first}, {column} {column:comes|come} next: highest for {high}, lowest for {low}"
    ),
    "drivers.near.groups": "{column} {column:comes|come} nearest: {values}",
    "drivers.near.rate": "{number} {number:comes|come} nearest: {low} where it is low, {high} where it is high",
    "drivers.near.line": (
        "{number} {number:comes|come} nearest: {slope} per {unit} (correlation {correlation})"
    ),
    "drivers.same": "{first} hangs closely together with {columns}",
    "drivers.gone": "at the same {first}, nothing clear is left of {columns}",
    "drivers.no_part": "there is no clear link with {columns}",
    "drivers.none": "no column goes clearly with {measure}: any difference could be chance",
    "drivers.method": (
        "{columns} were each tested against {measure} over {rows} {things}, the tests corrected for "
        "their number. That columns go together proves no cause and effect"
    ),
}
