"""From a library's files to an index: what a document's tokens are, building and updating, and opening an index that is up to date."""
