"""A figure in parts is the figure that Plotly makes of them, without the checks on the way."""

import json
from base64 import b64decode

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.charts.pieces import BINARY, Parts

VALUES = [1.5, np.nan, 3.0]


@pytest.fixture
def parts():
    return Parts(
        [go.Choropleth(locations=["JPN", "KOR", "TWN"], z=np.array(VALUES, dtype="float32"))],
        {"template": go.layout.Template(layout={"font": {"size": 14}}), "meta": {"of": None}},
        [
            {
                "name": "2001",
                "data": [{"type": "choropleth", "z": np.array(VALUES), "text": ["a", "<b>", ""]}],
                "traces": [0],
            }
        ],
    )


def decoded(value):
    """Arrays in binary as lists, so that two ways to write the same numbers are the same."""
    if isinstance(value, dict) and "bdata" in value:
        numbers = np.frombuffer(b64decode(value["bdata"]), value["dtype"])
        return [None if np.isnan(number) else float(number) for number in numbers]
    if isinstance(value, dict):
        return {key: decoded(item) for key, item in value.items()}
    return [decoded(item) for item in value] if isinstance(value, list) else value


def test_the_json_is_that_of_the_figure(parts):
    figure = json.loads(parts.figure().to_json())
    assert decoded(json.loads(parts.to_json())) == decoded(figure)


def test_numbers_of_arrays_are_in_binary_and_those_of_lists_are_not(parts):
    sent = json.loads(parts.to_json())
    [shapes] = sent["data"]
    assert shapes["z"]["dtype"] == "f4"
    assert sent["frames"][0]["data"][0]["z"]["dtype"] == "f8"
    assert sent["frames"][0]["traces"] == [0]


@pytest.mark.parametrize("dtype", BINARY)
def test_every_type_that_plotly_takes_in_binary_comes_back_as_it_was(dtype):
    numbers = np.arange(5, dtype=dtype)
    sent = json.loads(Parts([{"type": "scatter", "y": numbers}], {}, []).to_json())
    assert decoded(sent["data"][0]["y"]) == [0, 1, 2, 3, 4]


def test_a_missing_number_in_a_list_is_null():
    sent = Parts([{"type": "scatter", "y": [1.0, float("nan")]}], {}, []).to_json()
    assert json.loads(sent)["data"][0]["y"] == [1.0, None]


def test_an_attribute_that_plotly_lacks_is_seen_when_parts_are_put_together():
    with pytest.raises(ValueError, match="colour"):
        Parts([{"type": "scatter", "colour": "red"}], {}, []).figure()
