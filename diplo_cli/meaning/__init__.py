"""What crosses languages: vectors of texts, kept beside an index, and the signals that need none. What needs numpy or an encoder loads it when asked."""
