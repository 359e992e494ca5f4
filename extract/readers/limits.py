"""What every reader refuses, and how it says so: one line with what, where and what to do."""

import re

from extract.article import Article, Reject

MAX_CHARACTERS = 1_000_000
MAX_BYTES = 4 * (MAX_CHARACTERS + 1)  # in any Unicode encoding, with a byte order mark
MAX_LINE = 16_000_000  # bytes of a JSON line: \ud83d\ude00 is one character, other fields aside

_LINE_BREAKS = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_SPLIT = f"the limit is {MAX_CHARACTERS:,} characters: split the text"


def refuse(source: str, reason: str, what: str, *, id: str | None = None) -> Reject:
    """Return the Reject of a source; its message is one line, even where a file name is not."""
    return Reject(source, reason, _LINE_BREAKS.sub(" ", f"{source}: {what}"), id)


def refuse_long(source: str, size: str, *, id: str | None = None) -> Reject:
    """Return the Reject of a text that is too long; `size` says how long, with its unit."""
    return refuse(source, "too_long", f"too long, {size}; {_SPLIT}", id=id)


def refuse_empty(source: str, *, id: str | None = None) -> Reject:
    """Return the Reject of a source that holds nothing but blanks."""
    return refuse(source, "empty", "there is no text in it; leave it out or fill it", id=id)


def admit(article: Article) -> Article | Reject:
    """Return the article, or its Reject where the pipelines could not take so long a text."""
    if len(article.text) <= MAX_CHARACTERS:
        return article
    return refuse_long(article.source, f"{len(article.text):,} characters", id=article.id)
