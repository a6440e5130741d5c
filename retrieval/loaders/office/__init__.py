"""Spreadsheets and presentations, as Office saves them: zip archives of XML parts."""
