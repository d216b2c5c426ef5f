"""The version, told once: packages, codings and exports read it from here."""

__version__ = "0.1.0"
