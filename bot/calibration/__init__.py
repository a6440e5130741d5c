"""Questions with known answers -> the selector's weights and thresholds, for a reader and a kind of documents."""
