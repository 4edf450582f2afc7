"""Seabelt: the atlas of East Asian industrial clusters."""

__version__ = "0.1.0"

import pandas as pd

pd.set_option("mode.string_storage", "python")
