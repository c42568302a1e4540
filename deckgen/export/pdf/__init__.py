"""The deck as a PDF: a page a slide, its text real text."""
