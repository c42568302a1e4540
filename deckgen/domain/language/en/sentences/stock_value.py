"""Sentences about the value of stock."""

SENTENCES = {
    "stock.value": "{value} is tied up in stock, over {rows} {things}",
    "stock.product": "it is the sum of {columns} over the items",
}
