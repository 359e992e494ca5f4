import os

import pytest
from hypothesis import settings

from extract.pipeline import Extractor, load

# CI asks the same questions every time; at a desk hypothesis goes on looking for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The shipped pipeline, loaded once; for tests marked `model`."""
    return load()
