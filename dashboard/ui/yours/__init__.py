"""The page on which readers bring series of their own."""
