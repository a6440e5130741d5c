"""From a question to its posted answer, whichever way it came in."""
