import pytest

from extract import language
from extract.language import detect_language, foreign_language

FOREIGN = [  # (language, text); the shortest that a wire would send
    ("fr", "Le ministre des Affaires étrangères a signé mercredi un accord avec le Maroc."),
    ("es", "El canciller firmó el miércoles un acuerdo de cooperación con su homólogo en Lima."),
    ("de", "Der Außenminister hat am Mittwoch ein Abkommen mit Kasachstan unterzeichnet."),
    ("it", "Il ministro degli Esteri ha firmato mercoledì al Cairo un accordo con l'Egitto."),
    ("pt", "O ministro das Relações Exteriores assinou na quarta-feira um acordo com o Egito."),
    ("nl", "De minister van Buitenlandse Zaken heeft woensdag een overeenkomst ondertekend."),
    ("pl", "Minister spraw zagranicznych podpisał w środę w Kairze umowę o współpracy z Egiptem."),
    ("tr", "Dışişleri Bakanı çarşamba günü Kahire'de iş birliği anlaşması imzaladı."),
    ("ru", "Министр иностранных дел подписал в среду соглашение о сотрудничестве."),
    ("ar", "وقع وزير الخارجية يوم الأربعاء اتفاقية تعاون مع نظيره المصري في القاهرة"),
    ("zh", "外交部长星期三与埃及外长在开罗签署了一项合作协议。"),
    (
        "so",
        "Wasiirka arrimaha dibadda ayaa Arbacadii saxiixay heshiis iskaashi oo lala galay Jabuuti.",
    ),
]
MALAY = "Menteri Luar Negeri menandatangani perjanjian kerja sama dengan mitranya pada hari Rabu."
ENGLISH = [
    ("KAZAKHSTAN, UZBEKISTAN SIGN WATER PACT IN ASTANA AFTER TWO YEARS OF TALKS", "capitals"),
    (
        "Sultan Haji Hassanal Bolkiah and Tun Mahathir bin Mohamad to meet in Bandar Seri Begawan",
        "a headline of Malay names",
    ),
    (
        "Süddeutsche Zeitung, Le Monde and La Repubblica to share content for São Paulo summit",
        "a headline of European names",
    ),
    (
        "Nursultan Orazbekuly of Qazaqstan Temir Zholy and Çağlar Öztürk of Türkiye Cumhuriyeti "
        "Devlet Demiryolları signed the memorandum in Şımkent.",
        "more letters in names than in English words",
    ),
]
UNTOLD = [
    ("", "nothing"),
    ("  \n ", "blanks"),
    ("Signed in Rome.", "too few letters"),
    ("3 July 2025 — 1,200 km, 45 %, +39 06 1234567", "numbers"),
    ("SCHOLZ, MACRON, MELONI, SÁNCHEZ, TUSK, ORBÁN, RUTTE, FICO, NEHAMMER", "names only"),
]


@pytest.mark.parametrize(("language", "text"), FOREIGN)
def test_foreign_text_is_named(language: str, text: str) -> None:
    for form in (text, text.upper(), text * 200):
        assert detect_language(form) == language
        assert foreign_language(form) == language


def test_indonesian_is_foreign_even_where_it_passes_for_malay() -> None:
    assert foreign_language(MALAY) in ("id", "ms")


@pytest.mark.parametrize(("text", "why"), ENGLISH)
def test_english_is_never_foreign(text: str, why: str) -> None:
    assert foreign_language(text) is None, why
    assert foreign_language(text * 200) is None, why


def test_english_prose_is_english() -> None:
    prose = "The two ministers signed an agreement on fisheries after talks that took a year. "
    assert detect_language(prose) == "en"
    assert detect_language(prose.upper() * 1000) == "en"


@pytest.mark.parametrize(("text", "why"), UNTOLD)
def test_too_little_says_nothing(text: str, why: str) -> None:
    assert detect_language(text) is None, why
    assert foreign_language(text) is None, why


def test_a_bilingual_release_is_not_refused() -> None:
    english = "The two ministers signed an agreement on fisheries after talks that took a year. "
    french = FOREIGN[0][1] + " "
    assert foreign_language(french * 20 + english * 20) is None
    assert foreign_language(english * 20 + french * 20) is None


def test_lone_surrogates_do_no_harm() -> None:
    assert foreign_language("The ministers signed\ud800 an agreement on fisheries in Rome.") is None


def test_plain_english_asks_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """That model takes half a second to load: a first record must not wait for it."""
    prose = (
        "The ministers of the two coastal states signed the protocol on the shared river, and "
        "the text was sent to the parliaments for a vote. "
    )
    monkeypatch.setattr(language, "_identifier", lambda: pytest.fail("the model was asked"))
    assert detect_language(prose * 30) == "en"
    assert foreign_language(prose * 30) is None
    stub = "\n\nPhoto: Zimbor Pool, Suva; Talovia Agency, Port Arden; Lumora Wire, Kestrel Bay"
    assert detect_language(prose * 11 + stub) == "en", "a short end is no window of its own"
