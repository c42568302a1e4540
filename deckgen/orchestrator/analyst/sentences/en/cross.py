"""Sentences of two categories that are crossed."""

SENTENCES = {
    "cross.highest": "The pair {first} and {second} has the highest {measure}: {value}",
    "cross.lowest": "The pair {first} and {second} has the lowest {measure}: {value}",
    "cross.alike": (
        "{measure} shows no clear difference between the pairs: {value} for {first} and {second}"
    ),
    "cross.next": "{first} and {second} follow with {value}",
    "cross.small": "Pairs with few rows are left out",
    "cross.method": "It rests on {measure} by {first} and {second} over {rows} {things}",
}
