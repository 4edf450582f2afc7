"""The page of the deck: what a presenter has put together, shown, changed and taken away."""
