"""Which language a text is in, and what languages are called."""

from diplo_cli.language.detector import Language, identified, identify
from diplo_cli.language.names import endonym, matches, resolve

__all__ = ["Language", "endonym", "identified", "identify", "matches", "resolve"]
