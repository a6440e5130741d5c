"""What the bot keeps, and how little, in one SQLite file."""
