"""Query text -> Query tree; nothing here knows an engine."""
