"""Which prediction is of which gold document: the one of the same id, on the same text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from extract.errors import GoldError


class Identified(Protocol):
    """Anything that both sides know by an id."""

    @property
    def id(self) -> str:
        """The id, unique on each side."""


class Scored(Identified, Protocol):
    """A document as gold or prediction has it."""

    @property
    def sha256(self) -> str:
        """Of the text to which its offsets refer, in UTF-8."""


_Document = TypeVar("_Document", bound=Scored)


@dataclass(frozen=True, slots=True)
class Matched(Generic[_Document]):
    """Gold documents by id, each with its prediction if there is one.

    `missing` names those without, `ignored` counts the predictions without a gold document.
    """

    pairs: tuple[tuple[_Document, _Document | None], ...]
    missing: tuple[str, ...]
    ignored: int


def match_documents(
    gold: Iterable[_Document], predicted: Iterable[_Document]
) -> Matched[_Document]:
    """Return the gold with its predictions, in the order of their ids.

    Raises:
        GoldError: two documents share an id, or a prediction was made from another text.
    """
    wanted, found = _by_id(gold), _by_id(predicted)
    for id in sorted(wanted.keys() & found.keys()):
        _check_same_text(wanted[id], found[id])
    return Matched(
        tuple((document, found.get(id)) for id, document in sorted(wanted.items())),
        tuple(sorted(wanted.keys() - found.keys())),
        len(found.keys() - wanted.keys()),
    )


def _by_id(documents: Iterable[_Document]) -> dict[str, _Document]:
    index: dict[str, _Document] = {}
    for document in documents:
        if document.id in index:
            raise GoldError(f"document {document.id}: there are two with this id; remove one")
        index[document.id] = document
    return index


def _check_same_text(gold: Scored, predicted: Scored) -> None:
    if predicted.sha256 != gold.sha256:
        raise GoldError(
            f"document {gold.id}: predicted from another text than the gold's "
            f"(SHA-256 {predicted.sha256[:12]}, not {gold.sha256[:12]}); extract it again"
        )
