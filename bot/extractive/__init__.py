"""Answers with no chat model: the sentences of the passages that answer best, and how sure that is."""
