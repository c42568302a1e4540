"""Sentences of two categories that are crossed."""

SENTENCES = {
    "cross.highest": "the pair {first} and {second} has the highest {measure}: {value}",
    "cross.lowest": "the pair {first} and {second} has the lowest {measure}: {value}",
    "cross.alike": (
        "{measure} {measure:shows|show} no clear difference between the pairs: {value} for {first} and {second}"
    ),
    "cross.next": "{first} and {second} follow with {value}",
    "cross.small": "pairs with few rows are left out",
    "cross.method": "it rests on {measure} by {first} and {second} over {rows} {things}",
}
