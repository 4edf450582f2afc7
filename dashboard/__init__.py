"""Seabelt: the atlas of East Asian industrial clusters."""

__version__ = "0.1.0"
