"""Sentences about those who leave."""

SENTENCES = {
    "leavers.level": "in all, {left} people left of {heads} on average: {rate}",
    "leavers.most": "{name} loses the largest part of its people: {left} of {heads} on average, or {rate}",
    "leavers.next": "{name} follows: {left} of {heads} on average, or {rate}",
    "leavers.alike": "no {groups} clearly loses more people: {first} lost {one} of them, {last} {two}",
    "leavers.window": "those count who left after {first}, up to {last}",
}
