"""From an uploaded file to the table `data`: one step of reading a file each."""
