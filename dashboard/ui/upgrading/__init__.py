"""The page that explains the papers' frameworks of upgrading, with their cases and figures."""
