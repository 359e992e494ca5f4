"""What a line by itself may be: a headline, a line below it, the name of a section, a label."""

import re

from extract.press.blocks import ends_sentence, is_capitals, is_dangling, is_item, starts_lower

_MAX_TITLE, _MAX_TITLE_WORDS = 280, 40  # a longer line without a full stop is prose
_MAX_QUESTION_WORDS = 20
_MIN_SUBHEAD_WORDS = 4
_MAX_SECTION_WORDS = 2
_MAX_BELOW_SECTION = 14  # a longer line below a section may be wrapped prose
_MAX_LABEL, _MAX_LABEL_WORDS = 80, 10  # a name or a credit below its label
_SECOND_SENTENCE = re.compile(r"[^\W\d_]{5,}[.?!][\"'”’]?\s+[\"'“‘]?[A-Z]")
_SPEAKER = re.compile(r"[A-Z][A-Z .’'-]{2,40}:\s")
_NAMES = re.compile(r"(?:The\s)?[A-Z]\w*(?:\s[A-Z]\w*){0,3}(?:,\s[A-Z]\w*(?:\s[A-Z]\w*){0,3})?")
_OPENING = "\"'“‘«([$€£#"


def is_title(text: str) -> bool:
    """Whether a line may be a headline or stand below one: no prose, no item of a list."""
    count = len(text[: _MAX_TITLE + 1].split())
    if len(text) > _MAX_TITLE or count > _MAX_TITLE_WORDS or not re.search(r"[^\W\d_]", text):
        return False
    if not (text[0].isalnum() or text[0] in _OPENING):
        return False
    if starts_lower(text) or is_item(text) or is_dangling(text) or text[-1] in ",;:":
        return False
    if text[-1] in "?!":
        return count <= _MAX_QUESTION_WORDS and not _SPEAKER.match(text)
    if is_capitals(text):
        return True
    return not ends_sentence(text) and not _SECOND_SENTENCE.search(text)


def is_subhead(text: str) -> bool:
    """Whether a title is long enough to say something: not `San Jose, Costa Rica`, nor a hall."""
    return len(text.split()) >= _MIN_SUBHEAD_WORDS and not _NAMES.fullmatch(text)


def is_section(text: str) -> bool:
    """Whether a line may name a section of a page: a word or two in capitals."""
    return text.isupper() and len(text.split()) <= _MAX_SECTION_WORDS


def is_below_section(text: str) -> bool:
    """Whether a title is the better headline, so that a section line above it is none."""
    return is_subhead(text) and len(text.split()) <= _MAX_BELOW_SECTION


def is_label(text: str) -> bool:
    """Whether a line is short and no sentence, as what stands below `Contact:`."""
    short = len(text) <= _MAX_LABEL and len(text.split()) <= _MAX_LABEL_WORDS
    return short and not ends_sentence(text) and not is_item(text)
