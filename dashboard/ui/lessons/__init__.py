"""The page of the papers' lessons: a finder, and views by type, node, level and addressee."""
