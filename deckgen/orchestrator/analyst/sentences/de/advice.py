"""Sentences of advice, and how bands of numbers are called."""

SENTENCES = {
    "advice.loss.highest": "halten Sie {column} unter {low}: {rows} {things} ab dieser Grenze verlieren {loss}",
    "advice.loss.lowest": "halten Sie {column} über {high}: {rows} {things} bis zu dieser Grenze verlieren {loss}",
    "advice.loss.between": "prüfen Sie zuerst {name}: {rows} {things} verlieren {loss}",
    "advice.loss.value": "prüfen Sie zuerst {name}: {rows} {things} verlieren dort {loss}",
    "advice.without": "ohne sie {measure:läge|lägen} {measure} bei {left} statt bei {whole}",
    "advice.each": "davon gibt es {rows} {things}, im Schnitt mit {each} {measure}",
    "advice.assumed": "das gilt, wenn sich sonst nichts ändert; erproben Sie es erst an einem Teil",
    "advice.gap.more": "setzen Sie zuerst bei {name} an: Mit dem Median der Gruppen kämen {size} hinzu",
    "advice.gap.more.cases": "setzen Sie zuerst bei {name} an: Mit dem Median der Gruppen wären es {size} Fälle mehr",
    "advice.gap.less.cases": "prüfen Sie zuerst {name}: Mit dem Median der Gruppen wären es {size} Fälle weniger",
    "advice.gap.less": "prüfen Sie zuerst {name}: Mit dem Median der Gruppen ließen sich {size} sparen",
    "advice.gap.each": "{name} liegt bei {own}, der Median der Gruppen bei {median}",
    "advice.none": "keine Gruppe dieser Tabelle hebt sich {measure:bei} klar ab: insgesamt {value}",
    "advice.none.why": "hier steht kein Rat: Er hätte keine Größe",
    "band.name": "{name}",
    "band.one": "{column} von {low}",
    "band.some": "{column} von {low} bis {high}",
}  # fmt: skip
