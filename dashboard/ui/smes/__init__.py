"""The page on small and medium firms."""
