"""The marks of charts, as layers of Vega-Lite over the axes `index` or `x` and `value`."""
