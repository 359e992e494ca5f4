"""The gold for names in `corpus/names`: its marks are well formed, its reader is exact."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "corpus" / "names").glob("*.txt"))
ITEMS_PER_FILE = 55
WORDS_PER_ITEM = range(50, 126)  # 60-110 by the brief, and some slack for hyphens and figures
# A full stop belongs to an abbreviation that ends a name: `S.A.`, `Gold Corp.`, `Marcos Jr.`
ABBREVIATION = re.compile(r"(?:\b\w\.|\b(?:Co|Corp|Inc|Ltd|Jr|Sr|Bhd|Pte|Tbk|Pvt)\.)$")
NO_EDGE = re.compile(r"^(?:the|an?)\s|^\W|\s$|['’]s$|[,;:!?\"”]$", re.IGNORECASE)


@pytest.fixture
def corpus(training: Callable[[str], ModuleType]) -> ModuleType:
    return training("read_names_corpus")


def is_bare(name: str) -> bool:
    """Tell whether a span has no article, punctuation or possessive at its edges."""
    return not NO_EDGE.search(name) and (not name.endswith(".") or bool(ABBREVIATION.search(name)))


@pytest.mark.parametrize(
    ("name", "expected", "why"),
    [
        ("Bank of Ghana", True, "an official name"),
        ("the Bank of Ghana", False, "a leading article"),
        ("The Gambia", False, "a leading article in capitals"),
        ("Ghana's", False, "a possessive"),
        ("Public Prosecutor's Office", True, "a possessive inside"),
        ("Accra,", False, "the comma after it"),
        ("Friday.", False, "the full stop of the sentence"),
        ("Minera del Sur S.A.", True, "the full stop of an abbreviation"),
        ("Altaplata Corp.", True, "the full stop of an abbreviation"),
    ],
)
def test_is_bare(name: str, expected: bool, why: str) -> None:
    assert is_bare(name) is expected, why


def test_read_inline_counts_offsets_without_the_marks(corpus: ModuleType) -> None:
    text, entities = corpus.read_inline("[[Accra|GPE]]: Mr [[Ato Quaye|PERSON]]'s [[NDC|ORG]] won.")
    assert text == "Accra: Mr Ato Quaye's NDC won."
    assert [(e["start"], e["end"], e["label"]) for e in entities] == [
        (0, 5, "GPE"),
        (10, 19, "PERSON"),
        (22, 25, "ORG"),
    ]


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("[[Accra|GPE] said", "not closed"),
        ("Accra|GPE]] said", "not opened"),
        ("[[Accra]] said", "no label"),
        ("[[Accra|CITY]] said", "a label we do not have"),
        ("[[Bank of [[Ghana|GPE]]|ORG]] said", "nested"),
    ],
)
def test_a_bad_mark_is_named_with_file_line_and_item(
    corpus: ModuleType, tmp_path: Path, marked: str, why: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_text(
        f"# id: a-1 · 2026-01-01 · Ghana\nFine.\n===\n# id: a-2 · 2026-01-02 · Ghana\n{marked}\n",
        encoding="utf-8",
    )
    items = corpus.read_names_corpus(path)
    assert next(items)["text"] == "Fine."
    with pytest.raises(ValueError, match=r"bad\.txt:4: item a-2: "):
        next(items), why


def test_a_bad_header_is_named(corpus: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "bad.txt"
    path.write_text("# id: a-1, Ghana\nFine.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.txt:1: "):
        list(corpus.read_names_corpus(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_item_is_newswire_with_well_formed_marks(corpus: ModuleType, path: Path) -> None:
    items = list(corpus.read_names_corpus(path))
    assert len(items) >= ITEMS_PER_FILE
    for item in items:
        assert len(item["text"].split()) in WORDS_PER_ITEM, item["id"]
        assert item["entities"], item["id"]
        for entity in item["entities"]:
            assert item["text"][entity["start"] : entity["end"]] == entity["text"]
            assert entity["label"] in corpus.LABELS
            assert is_bare(entity["text"]), (item["id"], entity["text"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marks_end_where_words_end(corpus: ModuleType, path: Path) -> None:
    for item in corpus.read_names_corpus(path):
        text = item["text"]
        for entity in item["entities"]:
            around = text[: entity["start"]][-1:] + text[entity["end"] :][:1]
            assert not re.search(r"\w", around), (item["id"], entity["text"])


def test_ids_are_unique_over_all_files(corpus: ModuleType) -> None:
    ids = Counter(item["id"] for path in FILES for item in corpus.read_names_corpus(path))
    assert ids and not [id_ for id_, count in ids.items() if count > 1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_readme_states_the_counts(corpus: ModuleType, path: Path) -> None:
    items = list(corpus.read_names_corpus(path))
    counts = Counter(entity["label"] for item in items for entity in item["entities"])
    words = sum(len(item["text"].split()) for item in items)
    columns = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "DATE")
    stated = [str(len(items)), f"{words:,}", *(str(counts[label]) for label in columns)]
    readme = (path.parent / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if f"`{path.name}`" in line)
    assert [cell.strip() for cell in row.split("|")][3:-1] == stated
