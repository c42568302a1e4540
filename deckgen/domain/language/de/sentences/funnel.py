"""Sentences of funnels."""

SENTENCES = {
    "funnel.number": "die meisten {things} gehen zwischen {one} und {two} verloren: {lost}, also {share}",
    "funnel.both": "die meisten {things} gehen zwischen {one} und {two} verloren: {lost}, also {share}",
    "funnel.share": "in Prozent gehen zwischen {one} und {two} die meisten verloren: {share} von {before}",
    "funnel.next": "der nächstgrößte Verlust liegt zwischen {one} und {two}: {lost}, also {share}",
    "funnel.none": "zwischen den Schritten dieser Tabelle gehen keine {things} verloren",
    "funnel.whole": "{share} der {things} kommen von {one} bis {step}: {last} von {first}",
}
