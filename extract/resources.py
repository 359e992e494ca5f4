"""Where the shipped pipelines and rules lie: in the wheel, or in the checkout's `models/`."""

from pathlib import Path

DEFAULT_PIPELINE = "press_en"

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent / "models"


def rule_folder() -> Path:
    """Return the folder of the YAML rules."""
    shipped = _PACKAGE / "_rules"
    return shipped if shipped.is_dir() else _CHECKOUT / "rules"


def pipeline_places(name: str) -> list[Path]:
    """Return the folders in which a pipeline of this name may lie, best first."""
    return [_PACKAGE / "_pipelines" / name, _CHECKOUT / name]
