"""The wheel: built, installed elsewhere without a network, and run in an empty folder."""

import json
import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest

pytestmark = pytest.mark.package

HOUSE = Path(__file__).parent.parent
MINISTRY = "Ministry of Higher Education and Scientific Research of the Republic of Djibouti"
FACTORIES = {"labels", "names", "roles", "dates", "references", "agreements"}


def _call(*arguments: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _call("-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=HOUSE)
    [path] = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the wheel is installed, with nothing but the wheel."""
    target = tmp_path_factory.mktemp("site")
    options = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--no-compile"]
    _call("-m", "pip", "install", *options, "--target", target, wheel, cwd=target)
    return target


def _files(wheel: Path) -> list[str]:
    return zipfile.ZipFile(wheel).namelist()


def _metadata(wheel: Path, name: str) -> str:
    [path] = [file for file in _files(wheel) if file.endswith(f".dist-info/{name}")]
    return zipfile.ZipFile(wheel).read(path).decode("utf-8")


def test_the_wheel_holds_what_it_needs_and_no_more(wheel: Path) -> None:
    files = _files(wheel)
    assert "extract/py.typed" in files
    assert "extract/record.schema.json" in files
    assert "extract/_pipelines/press_en_fast/config.cfg" in files
    assert "extract/_pipelines/press_en/encoder/model.onnx" in files
    rules = {path.relative_to(HOUSE / "models/rules") for path in _yaml_files()}
    assert rules == {
        Path(file).relative_to("extract/_rules") for file in files if file.endswith(".yaml")
    }
    tops = {file.partition("/")[0] for file in files}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"extract"}
    assert not [file for file in files if "__pycache__" in file or file.endswith(".pyc")]


def _yaml_files() -> list[Path]:
    found = sorted((HOUSE / "models/rules").rglob("*.yaml"))
    assert found
    return found


def test_a_shipped_pipeline_is_no_package(wheel: Path) -> None:
    shipped = [file for file in _files(wheel) if file.startswith("extract/_pipelines/")]
    assert len(shipped) > 5
    assert not [file for file in shipped if file.endswith(".py")]


def test_the_licence_and_the_entry_points_are_in(wheel: Path) -> None:
    assert _metadata(wheel, "licenses/LICENSE") == (HOUSE / "LICENSE").read_text(encoding="utf-8")
    entries = _metadata(wheel, "entry_points.txt")
    assert "pactwire = extract.cli:main" in entries
    for name in FACTORIES:
        assert f"pactwire_{name} = extract.components.{name}:make_{name}" in entries
    metadata = message_from_string(_metadata(wheel, "METADATA"))
    assert (metadata["Name"], metadata["License-File"]) == ("pactwire", "LICENSE")


@pytest.mark.model
def test_the_main_job_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    [seed] = (HOUSE / "seeds").iterdir()
    (tmp_path / "seed.txt").write_bytes(seed.read_bytes())
    here = {"PYTHONPATH": str(installed)}
    where = _call("-c", "import extract; print(extract.__file__)", cwd=tmp_path, **here)
    assert Path(where.strip()).is_relative_to(installed)
    output = _call("-m", "extract", "run", "seed.txt", cwd=tmp_path, **here)
    [record] = [json.loads(line) for line in output.splitlines()]
    signed = [found for found in record["agreements"] if found["status"] == "signed"]
    parties = {party["name"] for agreement in signed for party in agreement["parties"]}
    assert [agreement["kind"] for agreement in signed] == ["memorandum", "memorandum"]
    assert {MINISTRY, "China National Space Administration"} <= parties
    assert [path.name for path in tmp_path.iterdir()] == ["seed.txt"]


def test_the_installed_package_reads_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = (
        "from extract.resources import pipeline_places, rule_folder;"
        "print(rule_folder(), pipeline_places('press_en')[0], sep='\\n')"
    )
    printed = _call("-c", code, cwd=tmp_path, PYTHONPATH=str(installed))
    for line in printed.splitlines():
        assert Path(line).is_dir()
        assert Path(line).is_relative_to(installed)
