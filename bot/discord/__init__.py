"""The Discord face: questions from a channel, answers with proven quotes; the only folder that imports discord."""
