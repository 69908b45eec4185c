import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import bot
from bot.crash import CRASH_POINTS, EXIT_CODE, VARIABLE

CALL = re.compile(r'crash_point\("([a-z_]+)"\)')
HOUSE = Path(bot.__file__).parent


def test_every_named_point_is_somewhere() -> None:
    """The list names exactly the points that the code passes, so that a fault test can meet each of them."""
    placed = {name for path in HOUSE.rglob("*.py") for name in CALL.findall(path.read_text(encoding="utf-8"))}
    assert len(placed) > 10
    assert placed == set(CRASH_POINTS)


@pytest.mark.parametrize(("armed", "passes"), [("after_commit_before_post", 1), ("after_commit_before_post:3", 3)])
def test_an_armed_point_kills_at_its_pass(armed: str, passes: int) -> None:
    """The process dies at once at the named pass of the named point, and at no other."""
    program = (
        "from bot.crash import crash_point\n"
        "crash_point('job_started')\n"
        "for number in range(1, 6):\n"
        "    print(number, flush=True)\n"
        "    crash_point('after_commit_before_post')\n"
    )
    environment = {**os.environ, VARIABLE: armed, "PYTHONPATH": str(HOUSE.parent)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=False)
    assert ran.returncode == EXIT_CODE
    assert ran.stdout.decode().split() == [str(number) for number in range(1, passes + 1)]
