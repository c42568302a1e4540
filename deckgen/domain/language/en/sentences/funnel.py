"""Sentences of funnels."""

SENTENCES = {
    "funnel.number": "most {things} are lost from {one} to {two}: {lost}, or {share}",
    "funnel.both": "most {things} are lost from {one} to {two}: {lost}, or {share}",
    "funnel.share": "in percent, most are lost from {one} to {two}: {share} of {before}",
    "funnel.next": "the next largest loss is from {one} to {two}: {lost}, or {share}",
    "funnel.none": "no {things} are lost between the steps of this table",
    "funnel.whole": "{share} of {things} get from {one} to {step}: {last} of {first}",
}
