"""Sentences about the value of stock."""

SENTENCES = {
    "stock.value": "im Lager sind {value} gebunden, in {rows} {things:dativ}",
    "stock.product": "das ist die Summe aus {columns} über alle Artikel",
}
