"""What word processors write: Word's DOCX and OpenDocument text, each turned into the elements of a page."""
