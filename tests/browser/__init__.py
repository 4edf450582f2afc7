"""A package, so that fixtures of that scope end with the tests of this folder."""
