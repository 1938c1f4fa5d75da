"""SearchRequest -> SearchResult: hits, facets, groups, and why each document was found."""
