"""Names of measures that are written in capitals wherever people read them."""

ACRONYMS = frozenset({
    "aov", "arpu", "arr", "bmi", "cac", "clv", "cogs", "cpc", "cpm", "csat", "ctr", "ebit", "ebitda",
    "fte", "gdp", "gmv", "kpi", "ltv", "mrr", "nps", "roas", "roi", "sku", "sla", "vat",
})  # fmt: skip
