"""What is written in HTML, alone or packed in a zip archive: web pages, EPUB, Word."""
