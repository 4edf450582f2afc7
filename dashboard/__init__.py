"""Seabelt: the atlas of East Asian industrial clusters."""
