"""Sentences of drivers: what an outcome or a measure goes with."""

SENTENCES = {
    "drivers.groups": "{measure} {measure:unterscheidet|unterscheiden} sich am stärksten nach {column}: {values}",
    "drivers.rate": "{measure} {measure:hängt|hängen} am stärksten mit {number} zusammen: {low} bei kleinen, {high} bei großen Werten",
    "drivers.rises": "{measure} {measure:steigt|steigen} am stärksten mit {number}: {slope} je {unit}",
    "drivers.falls": "{measure} {measure:sinkt|sinken} am stärksten mit {number}: {slope} je {unit}",
    "drivers.whole": "insgesamt {measure:liegt|liegen} {measure} bei {value}",
    "drivers.beside.groups": "bei gleichem Wert von {first} folgt {column}: {values}",
    "drivers.beside.line": "bei gleichem Wert von {first} folgt {number}: {slope} je {unit}",
    "drivers.beside.ends": (
        "bei gleichem Wert von {first} folgt {column}: am höchsten bei {high}, am niedrigsten bei {low}"
    ),
    "drivers.near.groups": "am nächsten kommt {column}: {values}",
    "drivers.near.rate": "am nächsten kommt {number}: {low} bei kleinen, {high} bei großen Werten",
    "drivers.near.line": "am nächsten kommt {number}: {slope} je {unit} (Korrelation {correlation})",
    "drivers.same": "{first} hängt eng mit {columns} zusammen",
    "drivers.gone": "bei gleichem Wert von {first} bleibt von {columns} nichts Klares übrig",
    "drivers.no_part": "mit {columns} zeigt sich kein klarer Zusammenhang",
    "drivers.none": "keine Spalte hängt klar mit {measure} zusammen: Jeder Unterschied kann Zufall sein",
    "drivers.method": (
        "{columns} wurden einzeln gegen {measure} über {rows} {things} getestet, die Tests um ihre Zahl "
        "bereinigt. Ein Zusammenhang beweist nicht, was Ursache und was Wirkung ist"
    ),
}  # fmt: skip
