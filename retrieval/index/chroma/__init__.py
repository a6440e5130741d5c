"""Chroma in a folder, run within this process."""
