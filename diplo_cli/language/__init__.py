"""Which language a text is in, and what languages are called."""

from diplo_cli.language.detector import DETECTORS, Language, identified, identify, require
from diplo_cli.language.names import endonym, matches, resolve

__all__ = ["DETECTORS", "Language", "endonym", "identified", "identify", "matches", "require", "resolve"]
