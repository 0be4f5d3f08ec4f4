"""Bills on paper: PDFs are read in a child process, never in the window's own."""
