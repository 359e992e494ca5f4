import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

from extract.pipeline import Extractor, load

# CI asks the same questions every time; at a desk hypothesis goes on looking for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

TRAINING = Path(__file__).parents[1] / "models" / "training"


@pytest.fixture(scope="session")
def training() -> Iterator[Callable[[str], ModuleType]]:
    """What imports a script of `models/training`, which is no package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TRAINING)
        yield importlib.import_module


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The shipped pipeline, loaded once; for tests marked `model`."""
    return load()
