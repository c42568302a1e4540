"""Names of columns that hold coordinates, in English and German."""

LATITUDE = frozenset({"latitude", "lat", "breitengrad", "breite", "geobreite"})
LONGITUDE = frozenset({"longitude", "lon", "lng", "long", "langengrad", "lange", "geolange"})
