"""From a question to its posted answer; nothing here knows the bot that it works in."""
