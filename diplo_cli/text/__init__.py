"""Words, stems and sentences of any language: the one analysis that index and query share."""
