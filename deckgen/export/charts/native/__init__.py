"""Charts as parts of a PowerPoint file, with their workbooks inside."""
