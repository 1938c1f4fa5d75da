"""Summaries of one document (summarise.py) and of many (digest.py), in the documents' own sentences."""
