"""Cases led by the lines they reach, a bounded number of each kind; `tests/fuzz/guided.py`."""

import importlib.util
import os
import re
import subprocess
import sys

import pytest

from tests.fuzz.test_bad_input import TIMES

# With the examples of the other tests of bad input, more than ten thousand in each run.
RUNS = {"uploads": 1500, "addresses": 1000, "decks": 1500, "tables": 1500}


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris has no package for this Python."
)
@pytest.mark.parametrize("target", RUNS)
def test_whatever_is_tried_is_answered_or_refused_in_words(root, tmp_path, target):
    runs = RUNS[target] * TIMES
    tried = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", target, str(runs)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr[-3000:]
    done = re.search(r"Done (\d+) runs", tried.stderr)
    assert done, tried.stderr[-3000:]
    assert int(done[1]) >= runs
    reached = re.findall(r"cov: (\d+)", tried.stderr)
    assert int(reached[-1]) > 20, "nothing of ours was reached"
