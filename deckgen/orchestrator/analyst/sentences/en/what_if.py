"""Sentences of suppositions."""

SENTENCES = {
    "what_if.price.fall.rise": "At {assumed} on {price}, {units} would fall by {share} and {revenue} rise by {growth}",
    "what_if.price.fall.fall": "At {assumed} on {price}, {units} would fall by {share} and {revenue} fall by {growth}",
    "what_if.price.rise.rise": "At {assumed} on {price}, {units} would rise by {share} and {revenue} rise by {growth}",
    "what_if.price.rise.fall": "At {assumed} on {price}, {units} would rise by {share} and {revenue} fall by {growth}",
    "what_if.units.fall": "{units} would fall by {lost} ({share}), from {old} to {new}",
    "what_if.units.rise": "{units} would rise by {lost} ({share}), from {old} to {new}",
    "what_if.price.alone.rise": "At {assumed} on {price} and the same {units}, {revenue} would rise from {old} to {new}",
    "what_if.price.alone.fall": "At {assumed} on {price} and the same {units}, {revenue} would fall from {old} to {new}",
    "what_if.price.open": "The data show no clear reaction of {units} to {price}, so how buyers would react is open",
    "what_if.revenue.rise": "{revenue} would rise by {growth}, from {old} to {new}",
    "what_if.revenue.fall": "{revenue} would fall by {growth}, from {old} to {new}",
    "what_if.slope": "Where {price} was higher by one, {units} moved by {slope}",
    "what_if.made.rise": "At {assumed} on {changed}, {measure} would rise by {change}, from {old} to {new}",
    "what_if.made.fall": "At {assumed} on {changed}, {measure} would fall by {change}, from {old} to {new}",
    "what_if.linked.rise": "At {assumed} on {changed}, {measure} would rise by {growth} to {new}, if the past link holds",
    "what_if.linked.fall": "At {assumed} on {changed}, {measure} would fall by {growth} to {new}, if the past link holds",
    "what_if.no_link": "No clear link shows: at {assumed} on {changed}, {measure} would stay near {old}",
    "what_if.no_proof": "{changed} and {measure} moved together in the past, which does not prove that one brings the other",
    "what_if.beyond": "{changed} has not been there yet, so how far the past carries is open",
    "what_if.else": "This supposes that all else stays as it is",
}  # fmt: skip
