"""Sentences of dense areas."""

SENTENCES = {
    "places.one": "{share} of {things} lie in one area, around {latitude}° latitude and {longitude}° longitude",
    "places.two": "two areas hold most {things}: {share} lie around {latitude}°, {longitude}°",
    "places.three": "three areas hold most {things}: {share} lie around {latitude}°, {longitude}°",
    "places.area": "around {latitude}° latitude and {longitude}° longitude lie {part} of {whole} {things} ({share})",
    "places.named": "most of the densest area belongs to {name}",
    "places.spread": "no area stands out among the {whole} {things}",
    "places.bounds": "they are spread from {latitude_min}° to {latitude_max}° latitude and {longitude_min}° to {longitude_max}° longitude",
}
