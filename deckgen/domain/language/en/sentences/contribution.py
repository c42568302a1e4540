"""Sentences of contributions to a change."""

SENTENCES = {
    "contribution.share.rose": "{name} made {share} of the rise: {own} of {whole}",
    "contribution.share.fell": "{name} made {share} of the fall: {own} of {whole}",
    "contribution.most.rose": "{name} added most to the rise: {own} of {whole}",
    "contribution.most.fell": "{name} added most to the fall: {own} of {whole}",
    "contribution.more.rose": "{name} alone rose by more than the whole: {own} against {whole}",
    "contribution.more.fell": "{name} alone fell by more than the whole: {own} against {whole}",
    "contribution.rate.rose": "{name} rose most: from {old} to {new} ({own})",
    "contribution.rate.fell": "{name} fell most: from {old} to {new} ({own})",
    "contribution.tied.rose": "{names} added equally to the rise of {measure}: {own} each",
    "contribution.tied.fell": "{names} added equally to the fall of {measure}: {own} each",
    "contribution.all_tied.rose": "{names} share the rise of {measure} equally: {own} each",
    "contribution.all_tied.fell": "{names} share the fall of {measure} equally: {own} each",
    "contribution.unclear": "no {groups} clearly made the change: the largest move, {name} with {own}, is within the usual variation",
    "contribution.only": "{name} is the only {groups} with values in both periods: {old} and then {new}",
    "contribution.next.rose": "{name} rose from {old} to {new} ({own})",
    "contribution.next.fell": "{name} fell from {old} to {new} ({own})",
    "contribution.against": "{name} moved against it by {own}",
    "contribution.balanced": "the whole held steady, and {name} moved most: from {old} to {new} ({own})",
    "contribution.none": "no {groups} moved: {measure} held steady everywhere",
}
