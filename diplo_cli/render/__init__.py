"""The renderers: results -> a terminal, plain records, or JSON. None of them sees an engine."""
