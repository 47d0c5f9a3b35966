"""The commands that the README gives for the jobs name applications that there are."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPLICATIONS = re.findall(r"celery -A (\S+) (?:worker|beat)", (ROOT / "README.md").read_text())


def test_the_readme_starts_a_worker_and_a_beat() -> None:
    assert len(APPLICATIONS) == 2


@pytest.mark.parametrize("name", APPLICATIONS)
def test_celery_finds_what_the_readme_names(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "celery", "-A", name, "report"]
    env = os.environ | {"TANDEM_HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "redis" in done.stdout
