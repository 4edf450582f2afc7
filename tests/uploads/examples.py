"""How many examples properties of uploads are tried with.

A few at each run of the tests; a nightly run sets another number to look longer.
"""

import os

EXAMPLES = int(os.environ.get("SEABELT_EXAMPLES", "200"))
