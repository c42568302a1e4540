"""Sentences about contracts that end."""

SENTENCES = {
    "expiry.worth": "{count} von {every} {things:dativ} laufen aus ({first} bis {last}), im Wert von {value}",
    "expiry.count": "{count} von {every} {things:dativ} laufen aus ({first} bis {last})",
    "expiry.open.worth": "unbefristet ({things}): {count}, im Wert von {value}",
    "expiry.open": "unbefristet ({things}): {count}",
    "expiry.blank.worth": "unbefristet oder ohne bekanntes Ende ({things}): {count}, im Wert von {value}",
    "expiry.blank": "unbefristet oder ohne bekanntes Ende ({things}): {count}",
    "expiry.most.worth": "am meisten steht {period:im} auf dem Spiel: {value}",
    "expiry.most": "die meisten enden {period:im}: {value}",
}
