"""A place in parts, each with its documents: for the panel beside the map and for a page."""
