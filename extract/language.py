"""Which language a text is in, and whether it is one that the pipelines cannot read.

The pipelines read English. A text in another language would give nonsense records, so it is
refused; English full of foreign names must never be. Both rest on py3langid, offline.
"""

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_WINDOW = 500  # characters judged at once, or some more
_WINDOWS = 8  # spread over the text, so that a bilingual release shows both its languages
_ENOUGH = 40  # letters, in UTF-8 bytes: a Chinese character says as much as a syllable
_SURE = 0.5  # probability from which a language is named; English at less is a list of names
_DOUBT = 0.05  # probability of English from which a text is not refused; one window gives 0.125
_SMALL_WORDS = frozenset(
    [
        *("the", "of", "to", "and", "for", "with", "by", "from"),
        *("this", "that", "which", "have", "been", "were", "their"),
    ]
)
_PLAIN_SHARE = 0.15  # of the words of a window: prose, and no other language has so many of them


def detect_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the main language, or None where the text does not tell.

    Too few letters do not, nor does a list of names or an even mixture of languages.
    """
    return _name_best(_rate_languages(text))


def foreign_language(text: str) -> str | None:
    """Return the language of a text that is surely not English, None for any other text."""
    chances = _rate_languages(text)
    if chances.get("en", 0) >= _DOUBT or _sounds_english(text):
        return None
    return _name_best(chances)


def _name_best(chances: dict[str, float]) -> str | None:
    best = max(chances, key=chances.__getitem__, default=None)
    return best if best and chances[best] >= _SURE else None


def _sounds_english(text: str) -> bool:
    """Tell whether a tenth of the words are small English ones: headlines hold mostly names."""
    return _share_small_words(text) >= 0.1


def _is_plain_english(window: str) -> bool:
    """Tell whether a window needs no model to be called English: that loads in half a second."""
    return _share_small_words(window) >= _PLAIN_SHARE


def _share_small_words(text: str) -> float:
    words = text.lower().split()
    return sum(map(_SMALL_WORDS.__contains__, words)) / max(1, len(words))


@lru_cache(maxsize=64)  # a batch is asked twice: whether to refuse, and which language
def _rate_languages(text: str) -> dict[str, float]:
    """Return the mean probability of each language over the windows of the text."""
    windows = [window for window in _cut_windows(text) if _has_enough(window)]
    chances: dict[str, float] = {}
    for window in windows:
        if _is_plain_english(window):
            chances["en"] = chances.get("en", 0) + 1 / len(windows)
            continue
        for language, chance in _identifier().rank(window.lower()):  # headlines shout
            chances[language] = chances.get(language, 0) + chance / len(windows)
    return chances


def _cut_windows(text: str) -> list[str]:
    """Return stretches spread evenly over the text, which is one window where it is short."""
    windows = min(_WINDOWS, max(1, round(len(text) / _WINDOW)))
    step = -(-len(text) // windows) or 1
    return [text[at : at + min(step, 2 * _WINDOW)] for at in range(0, len(text), step)]


def _has_enough(window: str) -> bool:
    letters = "".join(filter(str.isalpha, window))
    return len(letters.encode("utf-8", "replace")) >= _ENOUGH


@cache
def _identifier() -> "LanguageIdentifier":
    """Load the model once, at the first text; it holds no state, so threads may share it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2])
    return identifier
