"""Sentences of growth by groups."""

SENTENCES = {
    "growth.grew": "{name} grew most: {signed}, from {old} {at_base} to {new} {at_period}",
    "growth.grew.unclear": "{name} grew most, by {signed}, but that is within the usual variation",
    "growth.none_grew": "no {groups} grew from {base} to {period}; {name} lost least: {signed}",
    "growth.none_shrank": "no {groups} shrank from {base} to {period}; {name} grew least: {signed}",
    "growth.shrank": "{name} shrank by {by}: {old} {at_base}, {new} {at_period}",
    "growth.shrank.within": "{name} fell by {by}: {old} {at_base}, {new} {at_period}, within the usual variation",
    "growth.tied.rose": "{names} grew equally, by {signed} from {base} to {period}",
    "growth.tied.fell": "{names} shrank equally: {signed} from {base} to {period}",
    "growth.tied.steady": "{names} held steady alike: {signed} from {base} to {period}",
    "growth.all_tied": "{names} changed alike: {signed} from {base} to {period}",
    "growth.next.rose": "{name} grew by {by}, from {old} to {new}",
    "growth.next.fell": "{name} fell by {by}, from {old} to {new}",
    "growth.next.steady": "{name} held steady: {old} and then {new}",
    "growth.whole": "in all, {name} went from {old} to {new} ({signed})",
    "growth.whole.known": "in all that have both values, {name} went from {old} to {new} ({signed})",
    "growth.no_other": "no other {groups} shrank",
    "growth.unknown": "unknown, for want of a value in one of the periods: {names}",
    "growth.no_base": "left out, for want of a base to grow from: {names}",
}
