"""What a reader yields: one press text with what is known of it, or the reason there is none."""

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a user should know of a document: a stable code and one sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """One document as read, before any analysis.

    `text` is the document text to which every offset refers, in code points. `source` says
    where it came from (`path`, or `path:line` in a JSONL file). `published` is the date as
    given beside the text, in whatever form; None where the source gives none. `origin` is the
    publisher or collection that the source itself names.
    """

    text: str
    source: str
    id: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    notices: tuple[Notice, ...] = field(default=())
    origin: str | None = None

    @property
    def sha256(self) -> str:
        """SHA-256 of the text in UTF-8, as a hexadecimal string."""
        return _sha256(self.text)


@dataclass(frozen=True, slots=True)
class Reject:
    """A document that became no record: where it is, a stable reason code, one clear line."""

    source: str
    reason: str
    message: str
    id: str | None = None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_article(
    text: str,
    *,
    source: str,
    id: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    notices: tuple[Notice, ...] = (),
    origin: str | None = None,
) -> Article:
    """Return the Article of a text; a title that the text does not open with is put before it.

    Without an `id`, the first 16 hexadecimal digits of the text's SHA-256 serve as one, so that
    it depends on nothing but the content.
    """
    title = title.strip() if title else None
    if title and not text.lstrip().startswith(title):
        text = f"{title}\n\n{text}"
    return Article(
        text, source, id or _sha256(text)[:16], title or None, published, url, notices, origin
    )
