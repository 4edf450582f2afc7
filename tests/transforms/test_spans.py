"""What a series was over a span of years."""

import pandas as pd

from dashboard.transforms.spans import means, years_above

ROWS = pd.DataFrame(
    [("A", 2000, 1.0), ("A", 2001, 3.0), ("B", 2000, 5.0), ("B", 2001, None), ("A", 2002, 9.0)],
    columns=["place_name", "year", "value"],
)


def test_a_mean_needs_every_year_of_the_span():
    assert means(ROWS, 2000, 2001) == {"A": 2.0}


def test_years_above_a_bound_count_values_only_and_a_value_at_the_bound_is_not_above():
    assert years_above(ROWS, 3.0) == {"A": (1, 3), "B": (1, 1)}
    assert years_above(ROWS, 9.0) == {}
