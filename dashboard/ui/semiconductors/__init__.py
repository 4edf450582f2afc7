"""The page on semiconductors: world sales, rival counts, claims, hubs, fabs, ties and events."""
