"""Sentences of the level: how much something is."""

SENTENCES = {
    "level.count": "The table has {value} {measure}",
    "level.share": "{measure} {measure:is|are} {value}: {part} {part_of} of {whole} {whole_of}",
    "level.share.alike": "{measure} {measure:is|are} {value}: {part} of {whole} {whole_of}",
    "level.distinct": "the table has {value} different {measure}",
    "level.period.total": "{measure} came to {value} {when}",
    "level.period": "{measure} {measure:stands|stand} at {value} {when}",
    "level.rows": "{measure} came to {value} over all {rows} {things}",
    "level.mean": "{measure} {measure:is|are} {value} from {first} to {last}",
    "level.mean_rows": "{measure} {measure:is|are} {value} over {rows} {things}",
    "level.currency": "in {name} it is {value}",
    "level.time": "{measure} came to {value} from {first} to {last}",
    "level.median": "half of them take less than {value}",
    "course.ends": "{measure} {measure:was|were} {old} {first} and {new} {last}",
    "breakdown.ends": "{high} has the highest {measure} with {high_value}, {low} the lowest with {low_value}",
}
