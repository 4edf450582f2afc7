"""How much a reader may bring."""

MOST_MEGABYTES = 50
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
MOST_ROWS = 1_000_000
# Years or places across need a few hundred; more is another kind of table.
MOST_COLUMNS = 1_000
# Cells of a table that is wide as well as long.
MOST_CELLS = 20_000_000
# What a file may take up once it is unpacked, and its texts each time they stand there.
MOST_UNPACKED = 400 * 1024 * 1024
MOST_TEXT = 256 * 1024 * 1024
# As many signs as a spreadsheet keeps in one cell.
LONGEST_CELL = 32_767
# A list that nobody reads to its end; all problems are counted.
MOST_PROBLEMS = 2_000
# The indicators of one file.
MOST_INDICATORS = 12
