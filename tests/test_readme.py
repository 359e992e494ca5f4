"""The README shows what the program does."""

import contextlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extract.cli import app

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_stands_in_the_readme() -> None:
    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    for group in app.registered_groups:
        commands = group.typer_instance.registered_commands
        names += [f"{group.name} {command.callback.__name__}" for command in commands]
    assert {"run", "rules check"} <= set(names)
    assert [name for name in names if f"pactwire {name}" not in README] == []


def test_the_pack_shown_holds(tmp_path: Path) -> None:
    shown = re.search(
        r"```yaml\n# own.yaml\n(.*?)```.*?\$ pactwire rules check own.yaml\n(.*?)\n",
        README,
        re.DOTALL,
    )
    assert shown is not None
    (tmp_path / "own.yaml").write_text(shown[1], encoding="utf-8")
    with contextlib.chdir(tmp_path):
        result = CliRunner().invoke(app, ["rules", "check", "own.yaml"])
    assert (result.exit_code, result.stdout) == (0, f"{shown[2]}\n")


@pytest.mark.model
def test_the_output_shown_is_the_output() -> None:
    shown = re.search(r"```console\n\$ pactwire run seeds\n(.*?)```", README, re.DOTALL)
    assert shown is not None
    command = [sys.executable, "-m", "extract", "run", "seeds", "--table"]
    run = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={"COLUMNS": "80", "PATH": "", "PYTHONIOENCODING": "utf-8"},
    )
    assert _lines(run.stdout + run.stderr) == _lines(shown[1])


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.splitlines() if line.strip()]
