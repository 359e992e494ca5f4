"""Lemmas by rule and table: what Universal Dependencies calls the base form of a word.

A table holds the forms that no rule foresees (`went`, `United`) and, for each tag, how endings
change (`-ied` of a VBN: take off three letters, add `y`); the longest ending that fits decides.
`models/training/learn_lemmas.py` learns it from treebanks.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# Tags whose words inflect alike read one list of endings.
ENDINGS_OF = {"VBD": "VBN", "RBR": "JJR", "RBS": "JJS"}
PROPER = frozenset({"NNP", "NNPS"})
AS_WRITTEN = frozenset({"LS", "ADD", "FW", "GW", "AFX", "SYM", "XX"})
MAY_BE_ACRONYMS = frozenset({"NN", "NNS", "JJ", "RB", "CD"})
LONGEST_ACRONYM = 5
LONGEST_ENDING = 8
MAX_CACHED = 1 << 16
CAPITAL = "^"  # the edit of adjectives that keep a capital: `Peruvian`
_EDIT = re.compile(r"(\d)(.*)")
_QUOTES = str.maketrans("’‘", "''")


def fold(form: str) -> str:
    """Return a word in lower case with straight apostrophes."""
    return form.lower().translate(_QUOTES)


class LemmaTable:
    """Look up the lemma of a form under its Penn tag."""

    def __init__(
        self,
        *,
        forms: Mapping[str, Mapping[str, str]],
        endings: Mapping[str, Mapping[str, str]],
        short_words: Iterable[str],
    ) -> None:
        """Take `forms` (tag, form, lemma), `endings` (tag, ending, edit) and `short_words`.

        An edit is how many letters go, then those that come: `3y`. Short words are those that
        texts write in lower case: other nouns in capitals of that length are acronyms.
        """
        self._forms = {tag: dict(lemmas) for tag, lemmas in forms.items()}
        self._endings = {
            tag: {ending: _parse_edit(tag, ending, edit) for ending, edit in edits.items()}
            for tag, edits in endings.items()
        }
        self._short_words = frozenset(short_words)
        self._cache: dict[tuple[str, str], str] = {}

    def lookup(self, form: str, tag: str) -> str:
        """Return the lemma of a form: `lookup("treaties", "NNS")` is `treaty`."""
        key = (form, tag)
        lemma = self._cache.get(key)
        if lemma is None:
            if len(self._cache) >= MAX_CACHED:
                self._cache.clear()
            lemma = self._cache[key] = self._find(form, tag)
        return lemma

    def _find(self, form: str, tag: str) -> str:
        folded = self._fold(form, tag)
        for source in (tag, ENDINGS_OF.get(tag)):
            known = self._forms.get(source or "", {})
            lemma = known.get(form) or known.get(folded)
            if lemma:
                return lemma
        return self._strip_ending(folded, tag)

    def _fold(self, form: str, tag: str) -> str:
        """Return the form in the case of its lemma; names and acronyms keep their capitals."""
        if tag in PROPER:
            shouted = form.isupper() and form.isalpha() and len(form) > LONGEST_ACRONYM
            return form.capitalize() if shouted else form
        if tag in AS_WRITTEN or (
            tag in MAY_BE_ACRONYMS and self._is_acronym(form.removesuffix("s"))
        ):
            return form
        return fold(form)

    def _is_acronym(self, form: str) -> bool:
        if not form.isupper() and form[1:] != form[1:].lower():
            return form.isalpha()  # capitals inside: `MoU`
        return (
            form.isupper()
            and form.isalpha()
            and len(form) <= LONGEST_ACRONYM
            and form.lower() not in self._short_words
        )

    def _strip_ending(self, form: str, tag: str) -> str:
        endings = self._endings.get(ENDINGS_OF.get(tag, tag))
        if not endings:
            return form
        folded = form.lower()
        for start in range(max(0, len(form) - LONGEST_ENDING), len(form)):
            edit = endings.get(folded[start:])
            if edit is not None and edit[0] < len(form):
                return _edited(form, *edit)
        return form

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain data, for JSON or msgpack."""
        return {
            "forms": self._forms,
            "endings": {
                tag: {ending: f"{cut}{added}" for ending, (cut, added) in edits.items()}
                for tag, edits in self._endings.items()
            },
            "short_words": " ".join(sorted(self._short_words)),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "LemmaTable":
        """Return the table that `to_dict` gave."""
        return cls(
            forms=data["forms"],
            endings=data["endings"],
            short_words=data["short_words"].split(),
        )


def _parse_edit(tag: str, ending: str, edit: str) -> tuple[int, str]:
    found = _EDIT.fullmatch(edit)
    if found is None:
        raise ValueError(
            f"lemma table: edit {edit!r} of ending {ending!r} under {tag} is no digit and letters; "
            "learn the table again with models/training/learn_lemmas.py"
        )
    return int(found[1]), found[2]


def _edited(form: str, cut: int, added: str) -> str:
    if added == CAPITAL:
        return form.capitalize()
    stem = form[: len(form) - cut]
    return stem + (added.upper() if form.isupper() else added)
