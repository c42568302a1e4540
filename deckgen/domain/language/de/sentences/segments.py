"""Sentences about segments."""

SENTENCES = {
    "segments.sum": "konzentrieren Sie sich auf {name}: {share} {measure:von} aus {part} der {things}",
    "segments.sum.next": "dahinter liegt {name} mit {share} {measure:von} aus {part} der {things}",
    "segments.mean": "konzentrieren Sie sich auf {name}: {measure} {measure:ist|sind} dort am höchsten, {value} bei {part} der {things}",
    "segments.mean.next": "dahinter liegt {name} mit {value}, bei {part} der {things}",
    "segments.tied": "{name} und {second} liegen {measure:bei} gemeinsam vorn: je {value}",
    "segments.best": "{rows} {things} liegen bei {a} und {b} vorn: im Schnitt {mean} und {second}",
    "segments.edges": "sie haben {a} ab {low} und {b} ab {other}",
    "segments.high.low": "{rows} {things} sind nur bei {a} hoch: {mean} und {second}",
    "segments.low.high": "{rows} {things} sind nur bei {b} hoch: {mean} und {second}",
    "segments.low.low": "{rows} {things} sind bei beidem niedrig: {mean} und {second}",
    "segments.split": "geteilt ist an den beiden Medianen: einfach, und kein Beweis für vier Arten von {things:dativ}",
}  # fmt: skip
