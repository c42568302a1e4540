"""Where things go: rows, boxes, widths of text, scales and number formats."""
