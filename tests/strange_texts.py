"""One hundred texts that no newsroom should send and some do; made here, the same every time.

From one character to a million, spread over the decades. The million-character ones hold few
words, as words are what costs time; the longest ordinary prose is called `PROSE`.
"""

import base64
import random
import string
from collections.abc import Sequence

LONGEST = 1_000_000
LONGEST_PROSE = 300_000
PROSE = f"prose of {LONGEST_PROSE:,}"

_SENTENCES = (
    "The governments of {a} and {b} signed a fisheries agreement in {c} on Tuesday.",
    "{p}, the {A} minister of trade, said the talks with {b} had lasted {n} months.",
    "Under the memorandum, {a} will lend {b} {n} million euros for a railway to {c}.",
    "“We are not there yet,” {p} told reporters; the parliament of {b} must still agree.",
    "{o} Holdings Ltd. (part of {o} Group) bought {n} ships from {b} in May 2024.",
    "A truce between the army and the rebels of {c} expired last week, an official said.",
)
_SYLLABLES = ("ba", "ke", "lo", "mir", "ta", "vel", "zu", "ran", "do", "shi", "or", "nek")
_LETTERS = string.ascii_lowercase
_ENGLISH = "the envoys of both sides agreed on a pact with the port and left for the coast"
_ARABIC = "وقعت الحكومة اتفاقا مع الشركة في المدينة يوم الثلاثاء "
_HEBREW = "שר החוץ חתם על הסכם עם החברה בעיר ביום שלישי. "
_CJK = (
    "两国政府星期二在首都签署了渔业协定。外務大臣は会談の後に述べた。양국 정부는 협정에 서명했다. "
)
_EMOJI = "🤝🏽👩🏿‍🚀🏳️‍🌈👨‍👩‍👧‍👦🇫🇯🇵🇪☕️1️⃣🫱🏻‍🫲🏿"
_FLAGS = "🇫🇯🇵🇪🇰🇪🇳🇴"
_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F, *range(0x80, 0xA0))))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES = "\u00a0\u1680\u2000\u2002\u2003\u2009\u202f\u205f\u3000"
_LINE_ENDS = ("\n", "\r\n", "\r", "\n\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
_MARKS = "".join(map(chr, range(0x300, 0x370)))
_URL = "https://example.org/press/2024-05-03/a.b.c/?q=1&r=%20#top-"
_SHORT = 3_000
_MIDDLE = 20_000


def make_texts() -> dict[str, str]:
    """Return the texts by name; the same ones at each call."""
    rng = random.Random(2024)
    return {
        **_prose(rng),
        **_monotonous(),
        **_words(rng),
        **_scripts(),
        **_pictures(),
        **_controls(rng),
        **_layouts(rng),
        **_sentences(rng),
        **_marks(rng),
        **_names(rng),
    }


def make_prose(length: int, seed: int = 0) -> str:
    """Return ordinary press prose in paragraphs, whose names go on being new ones."""
    rng = random.Random(seed)
    sentences, size = [], 0
    while size < length:
        sentence = _sentence(rng) + rng.choice((" ", " ", "\n\n"))
        sentences.append(sentence)
        size += len(sentence)
    return "".join(sentences)[:length]


def _sentence(rng: random.Random) -> str:
    a, b, c, o, first, last = (_name(rng) for _ in range(6))
    return rng.choice(_SENTENCES).format(
        a=f"{a}ia", A=f"{a}ian", b=f"{b}land", c=c, o=o, p=f"{first} {last}", n=rng.randint(2, 99)
    )


def _name(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).capitalize()


def _fill(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def _random(rng: random.Random, characters: Sequence[str], length: int) -> str:
    return "".join(rng.choices(characters, k=length))


def _sprinkle(rng: random.Random, pieces: Sequence[str], length: int = _SHORT) -> str:
    """Return prose with a piece thrown in at every twelfth character or so, inside words too."""
    prose = make_prose(length, seed=1)
    return "".join(c if rng.randrange(12) else c + rng.choice(pieces) for c in prose)


def _prose(rng: random.Random) -> dict[str, str]:
    lengths = (4, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, LONGEST_PROSE)
    return {f"prose of {length:,}": make_prose(length, seed=length) for length in lengths} | {
        "one letter": "a",
        "one full stop": ".",
        "one emoji": "🤝",
        "two letters": "Aa",
        "capitals": make_prose(_SHORT).upper(),
        "small letters": make_prose(_SHORT).lower(),
        "no spaces": make_prose(_SHORT).replace(" ", ""),
        "one sentence": make_prose(_SHORT).replace(".", ";"),
        "backwards": make_prose(_SHORT)[::-1],
        "each letter apart": " ".join(make_prose(_SHORT)),
    }


def _monotonous() -> dict[str, str]:
    return {
        "one space": " ",
        "one newline": "\n",
        "a million spaces": " " * LONGEST,
        "100,000 newlines": "\n" * 100_000,
        "spaces and newlines": _fill(" \n", 300_000),
        "tabs": "\t" * 50_000,
        "no-break spaces": "\u00a0" * 50_000,
        "byte order marks": "\ufeff" * 300,
        "zero-width spaces": "\u200b" * 5_000,
        "full stops": "." * 2_000,
        "full stops apart": ". " * 1_000,
        "commas": "," * 2_000,
        "dashes": "—" * 2_000,
        "hyphens": "-" * 30_000,
        "apostrophes": "'" * 2_000,
        "digits": _fill("0123456789", 200_000),
        "the digit 1": "1 " * 1_000,
        "one word again": "pact " * 600,
        "newlines in prose": make_prose(_SHORT).replace(" ", "\n" * 40),
        "spaces in prose": make_prose(_SHORT).replace(" ", " " * 400),
    }


def _words(rng: random.Random) -> dict[str, str]:
    letters = _random(rng, _LETTERS, LONGEST)
    words = [letters[i : i + rng.randint(40, 160)] for i in range(0, 200_000, 160)]
    edge = " ".join(
        _random(rng, _LETTERS, size) for size in (99, 100, 101, 127, 128, 129, 255, 256)
    )
    mixed = _random(rng, string.ascii_letters + string.digits + "-./'", 5_000)
    return {
        "one word of a million": letters,
        "one word of 100,000": letters[:100_000],
        "one word of 5,000": letters[:5_000],
        "one word of 5,000 in prose": f"{_ENGLISH} {letters[:5_000]} {_ENGLISH}.",
        "one word of 5,000, mixed": mixed,
        "one word of 5,000, digits": "Peru paid $"
        + _random(rng, string.digits, 5_000)
        + " to Fiji.",
        "one word of 5,000, hyphens": _fill("UN-backed-", 5_000),
        "one word of 5,000, dots": _fill("U.S.", 5_000),
        "one address of 5,000": _fill(_URL, 5_000),
        "words at the limits": edge,
        "100,000, no full stop": " ".join(words)[:100_000],
        "100,000, no newline": ". ".join(map(str.capitalize, words))[:100_000],
    }


def _scripts() -> dict[str, str]:
    mixed = f"Peru und {_ARABIC}Ελλάδα подписала {_HEBREW}{_CJK}हस्ताक्षर สัญญา "
    return {
        "Arabic": _fill(_ARABIC, _SHORT),
        "Hebrew": _fill(_HEBREW, _SHORT),
        "Arabic, embedded": _fill(f"\u202b{_ARABIC}\u202c\u200f ", _SHORT),
        "Hebrew in English": _fill(f"{_ENGLISH} \u2067{_HEBREW}\u2069", _SHORT),
        "bidirectional marks": _fill("\u200f\u202b\u202e\u2066\u2069\u202c", 300),
        "Chinese, Japanese, Korean": _fill(_CJK, _SHORT),
        "Chinese, no space": _fill(_CJK.replace(" ", ""), _MIDDLE),
        "scripts mixed": _fill(mixed, _SHORT),
        "Thai, no space": _fill("ลงนามในข้อตกลง", _SHORT),
        "letters beyond the plane": _fill("𝐏𝐞𝐫𝐮 𝖺𝗇𝖽 𝓒𝓱𝓲𝓵𝓮 𝕤𝕚𝕘𝕟𝕖𝕕 𐌰𐌱𐌲. ", _SHORT),
        "full-width letters": _fill("Ｐｅｒｕ ａｎｄ Ｆｉｊｉ ｓｉｇｎｅｄ． ", _SHORT),
        "letters that grow in capitals": _fill("ßŉǰΐﬃİẞıſ ", _SHORT),
    }


def _pictures() -> dict[str, str]:
    return {
        "emoji": _EMOJI,
        "emoji, a row": _fill(_EMOJI, _SHORT),
        "emoji in prose": make_prose(_SHORT).replace(" ", f" {_EMOJI}", 60),
        "flags": _fill(_FLAGS, 1_001),
        "joined emoji": "\u200d".join("👩" * 300),
        "skin tones": _fill("👋🏻👋🏽👋🏿🏿🏿", 500),
    }


def _controls(rng: random.Random) -> dict[str, str]:
    return {
        "each control character": _CONTROLS,
        "control characters": _fill(_CONTROLS, _SHORT),
        "control characters in prose": _sprinkle(rng, _CONTROLS),
        "invisible characters in prose": _sprinkle(rng, _INVISIBLE),
        "strange spaces in prose": _sprinkle(rng, _SPACES),
        "line ends in prose": _sprinkle(rng, _LINE_ENDS),
        "nothing but NUL": "\0" * 1_000,
        "combining marks": _fill(_MARKS, _SHORT),
        "letters under marks": "".join(c + _random(rng, _MARKS, 9) for c in _ENGLISH * 4),
        "private and unassigned": "\ue000\uf8ff\ufdd0\uffff\U000e0001\U0010ffff\ufffd" * 40,
    }


def _layouts(rng: random.Random) -> dict[str, str]:
    lines = make_prose(_MIDDLE, seed=2).split("\n\n")
    return {
        "mixed line ends": "".join(line + rng.choice(_LINE_ENDS) for line in lines),
        "a wrapped word a line": make_prose(_SHORT).replace(" ", "\r\n"),
        "headlines": "\n".join(
            make_prose(90, seed=i).replace("\n", " ").upper() for i in range(60)
        ),
        "a table": "\n".join(f"{_name(rng)}\t{i}\t{i * 7}%\t—\t" for i in range(200)),
        "a table in ASCII": "+----+-----+\n| Fiji | 12 |\n" * 100,
        "base64": base64.b64encode(rng.randbytes(6_000)).decode(),
        "base64 in lines": base64.encodebytes(rng.randbytes(6_000)).decode(),
        "HTML": '<div class="a"><p>Peru &amp; Chile&nbsp;<b>signed</b> a pact</p><br/></div>' * 40,
    }


def _sentences(rng: random.Random) -> dict[str, str]:
    return {
        "thousands of sentences": "A. " * 3_000,
        "a full stop a word": make_prose(_SHORT).replace(" ", ". "),
        "500 ands": " and ".join(f"{_name(rng)}ia" for _ in range(501)) + " signed a pact.",
        "500 commas": "Peru, " * 500 + "and Fiji signed a treaty.",
        "500 ofs": "the treaty " + "of the ministry " * 500 + "was signed.",
    }


def _marks(rng: random.Random) -> dict[str, str]:
    return {
        "opening brackets": "(" * 3_000,
        "nested brackets": "([{" * 700 + "Peru" + "}])" * 700,
        "quotation marks": _fill("“”‘’\"'«»", 3_000),
        "quotes in prose": make_prose(_SHORT).replace(" ", "” “"),
        "punctuation": _random(rng, string.punctuation, 10_000),
    }


def _names(rng: random.Random) -> dict[str, str]:
    pairs = "; ".join(f"{_name(rng)}ia–{_name(rng)}land pact (ABC)" for _ in range(100))
    dates = ", ".join(f"{i % 31 + 1} May {1900 + i}" for i in range(200))
    return {"only pairs": pairs, "only dates": dates}
