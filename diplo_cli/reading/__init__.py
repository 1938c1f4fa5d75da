"""A file becomes text and metadata, and a text its title, date, source and the lines that are the article's own."""
