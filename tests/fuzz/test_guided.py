"""Thousands of inputs led by coverage, in processes of their own: Atheris ends the one it runs in.

With the cases of `test_bad_input.py` and of the uploads these make more than ten thousand.
`SEABELT_FUZZ=20` makes twenty times as many.
"""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.test_bad_input import TIMES

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="Atheris is not made for this Python"
)
ROOT = Path(__file__).parents[2]
# What starts the process and loads the data, which an instrumented loader takes seconds for.
START_SECONDS = 60
# Reading a file takes thirty times as long as reading an address or a deck.
RUNS = {"uploads": 1000, "addresses": 2500, "decks": 3000, "tables": 2500}


@pytest.mark.parametrize("target", RUNS)
def test_inputs_led_by_coverage_end_in_an_answer_or_a_sentence(target):
    runs = RUNS[target] * TIMES
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", target, str(runs)],
        cwd=ROOT, capture_output=True, text=True, errors="replace", check=False,
        timeout=START_SECONDS + runs / 20,
    )  # fmt: skip
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-4000:]
    assert re.search(rf"^Done {runs} in", said, re.MULTILINE), said[-4000:]
    assert f"{target}: {runs} cases" in said
    # Led by what they reach: inputs were kept because they ran lines that no other had.
    assert len(re.findall(r"^#\d+\s+NEW ", said, re.MULTILINE)) >= 5
