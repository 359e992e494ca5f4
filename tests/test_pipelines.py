"""How a trained pipeline is written, and what the shipped ones say of themselves."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import spacy
from spacy.util import load_config

from extract.tokenizer import Tokenizer

MODELS = Path(__file__).parents[1] / "models"


def test_a_pipeline_is_written_without_the_paths_of_a_machine(
    training: Callable[[str], ModuleType], tmp_path: Path
) -> None:
    nlp = spacy.blank("en")
    nlp.config["paths"]["train"] = "/home/ana/train.spacy"
    training("pipelines").write_pipeline(nlp, "made", "Nothing.", tmp_path / "made")
    written = spacy.load(tmp_path / "made")
    assert "train" in written.config["paths"]
    assert not any(written.config["paths"].values())
    assert (written.meta["name"], written.meta["license"]) == ("made", "CC BY-SA 4.0")
    assert type(written.tokenizer) is Tokenizer


@pytest.mark.parametrize("name", ["press_en", "press_en_fast"])
def test_no_shipped_pipeline_tells_where_it_was_made(name: str) -> None:
    paths = load_config(MODELS / name / "config.cfg").get("paths", {})
    assert not any(paths.values())
