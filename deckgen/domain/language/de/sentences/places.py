"""Sentences of dense areas."""

SENTENCES = {
    "places.one": "{share} der {things} liegen in einem Gebiet, um {latitude}° Breite und {longitude}° Länge",
    "places.two": "zwei Gebiete umfassen die meisten {things}: {share} liegen um {latitude}°, {longitude}°",
    "places.three": "drei Gebiete umfassen die meisten {things}: {share} liegen um {latitude}°, {longitude}°",
    "places.area": "um {latitude}° Breite und {longitude}° Länge liegen {part} von {whole} {things:dativ} ({share})",
    "places.named": "der größte Teil des dichtesten Gebiets gehört zu {name}",
    "places.spread": "unter den {whole} {things:dativ} sticht kein Gebiet hervor",
    "places.bounds": "sie reichen von {latitude_min}° bis {latitude_max}° Breite und von {longitude_min}° bis {longitude_max}° Länge",
}  # fmt: skip
