"""Sentences about how many lie below or above something."""

SENTENCES = {
    "conditions.less": "bei {count} von {every} {things:dativ} {column:liegt|liegen} {column} unter {against}: {share}",
    "conditions.more": "bei {count} von {every} {things:dativ} {column:liegt|liegen} {column} über {against}: {share}",
    "conditions.sum": "zusammen {measure:kommt|kommen} {measure} dort auf {value}",
    "conditions.most": "die meisten davon hat {name}: {value}",
    "conditions.blank": "{left} {things} haben keinen Wert und bleiben außen vor",
}
