"""PDF: its pages, their lines, and the paragraphs that these make."""
