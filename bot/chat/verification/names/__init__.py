"""The names of a text, in all their forms, and which words that begin sentences are names."""
