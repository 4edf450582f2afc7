"""The compare page: several places, up to four indicators, and whether they compare at all."""
