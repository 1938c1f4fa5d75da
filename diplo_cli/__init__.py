"""diplo searches, shows and summarises a library of diplomatic news in any language."""

__version__ = "0.1.0"
