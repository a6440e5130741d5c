"""From a question to its posted answer; this room knows nothing of the bot that it works in."""
