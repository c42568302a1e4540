"""Sentences about contracts that end."""

SENTENCES = {
    "expiry.worth": "{count} of {every} {things} run out from {first} to {last}, worth {value}",
    "expiry.count": "{count} of {every} {things} run out from {first} to {last}",
    "expiry.open.worth": "open-ended: {count} of the {things}, worth {value}",
    "expiry.open": "open-ended: {count} of the {things}",
    "expiry.blank.worth": "open-ended, or without a known end: {count} of the {things}, worth {value}",
    "expiry.blank": "open-ended, or without a known end: {count} of the {things}",
    "expiry.most.worth": "most is at stake in {period}: {value}",
    "expiry.most": "most end in {period}: {value}",
}
