"""Service standards as checklists; mystery visits in, exact and traceable scores out."""

__version__ = "0.1.0"
