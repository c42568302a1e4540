"""Sentences of dense areas."""

SENTENCES = {
    "places.one": "{share} of {things} lie in one area, around {latitude}° latitude and {longitude}° longitude",
    "places.two": "Two areas hold most {things}: {share} lie around {latitude}°, {longitude}°",
    "places.three": "Three areas hold most {things}: {share} lie around {latitude}°, {longitude}°",
    "places.area": "Around {latitude}° latitude and {longitude}° longitude lie {part} of {whole} {things} ({share})",
    "places.named": "Most of the densest area belongs to {name}",
    "places.spread": "No area stands out among the {whole} {things}",
    "places.bounds": "They are spread from {latitude_min}° to {latitude_max}° latitude and {longitude_min}° to {longitude_max}° longitude",
}
