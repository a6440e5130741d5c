"""What a text is made of: its language, its sentences, chunks of them, and the terms that are compared."""
