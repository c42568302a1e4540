"""A table that has enough to tell for twelve slides."""

from bench.analyst.tables import chance, pick

BRIEF = "How did revenue develop, which regions and products drive it, and when do customers buy?"

PRODUCTS = "Sofa Table Lamp Chair Desk Shelf Bed"


def sales(rows: int) -> str:
    """SQL: 7 columns, sales over three years with growth, a season and unequal groups."""
    return f"""
    SELECT day AS order_date, region, product, channel, units,
      round(units * price * (1 + 0.25 * share) * (1 + 0.3 * sin(2 * pi() * dayofyear(day) / 365)), 2)
        AS revenue_usd,
      round(price * (0.4 + 0.1 * {chance("cost")}), 2) AS unit_cost_usd
    FROM (
      SELECT i, i / {rows}.0 AS share, DATE '2021-01-01' + CAST(i * 1095 // {rows} AS INTEGER) AS day,
        {pick("region", "North West South East")} AS region,
        {pick("product", PRODUCTS)} AS product,
        {pick("channel", "Shop Web Partner")} AS channel,
        1 + CAST(floor(4 * {chance("units")} * {chance("more")}) AS INTEGER) AS units,
        20 + 30 * {chance("price")} + 8 * length({pick("product", PRODUCTS)}) AS price
      FROM range({rows}) AS numbers(i))
    """
