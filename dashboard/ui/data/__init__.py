"""The data page: what the atlas holds, how good it is, and how to take and cite it."""
