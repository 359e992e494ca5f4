import pytest

from extract.pipeline import Extractor, load


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The shipped pipeline, loaded once; for tests marked `model`."""
    return load()
