"""Read documents as one contestant of `../pipeline_speed.py`, in a process of its own.

    python tests/benchmarks/speed/contestants.py tokenizer
    python tests/benchmarks/speed/contestants.py pipeline FOLDER [COMPONENT ...]
    python tests/benchmarks/speed/contestants.py extractor FOLDER

Each line on stdin is the path of a JSON Lines file (`text`, `words`, and what `make_article`
takes). For each, one JSON line on stdout: seconds of wall and of CPU time, words and names read.
The documents lie in memory before the clock starts. With components named, only these are loaded.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import spacy
from spacy.language import Language

import extract
from extract.article import Article, make_article
from extract.records import DocumentRecord

# Articles in, the number of names in each out; None where the contestant refused one.
Reader = Callable[[Sequence[Article]], Iterable[int | None]]

BATCH = 20  # documents in a memory zone: of these texts, what the extractor takes at a time


def make_tokenizer() -> Reader:
    """Return the reader that only splits into tokens: nothing built on spaCy is faster."""
    return _reader(spacy.blank("en"))


def make_pipeline(folder: str, *components: str) -> Reader:
    """Return the reader of a spaCy pipeline, or of those of its components."""
    place = Path(folder)
    names = spacy.util.load_config(place / "config.cfg")["nlp"]["pipeline"]
    left_out = [name for name in names if components and name not in components]
    return _reader(spacy.load(place, exclude=left_out))


def make_extractor(folder: str) -> Reader:
    """Return the reader from articles to validated records, language check included."""
    extractor = extract.load(folder)

    def read(articles: Sequence[Article]) -> Iterable[int | None]:
        for record in extractor.pipe(articles):
            if isinstance(record, DocumentRecord):
                yield sum(len(entity.mentions) for entity in record.entities)
            else:
                yield None

    return read


def _reader(nlp: Language) -> Reader:
    def read(articles: Sequence[Article]) -> Iterable[int]:
        for start in range(0, len(articles), BATCH):
            with nlp.memory_zone():
                texts = (article.text for article in articles[start : start + BATCH])
                yield from [len(doc.ents) for doc in nlp.pipe(texts)]

    return read


KINDS: dict[str, Callable[..., Reader]] = {
    "tokenizer": make_tokenizer,
    "pipeline": make_pipeline,
    "extractor": make_extractor,
}


def time_reading(read: Reader, path: Path) -> dict[str, float]:
    """Return what reading the documents of a file took; words of a refused one do not count."""
    entries = [json.loads(line) for line in path.open(encoding="utf-8")]
    words = [entry.pop("words") for entry in entries]
    articles = [make_article(**entry) for entry in entries]
    wall, cpu = time.perf_counter(), time.process_time()
    names = list(read(articles))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "seconds": wall,
        "cpu_seconds": cpu,
        "words": sum(w for w, count in zip(words, names, strict=True) if count is not None),
        "names": sum(count or 0 for count in names),
    }


def main() -> None:
    """Load the contestant, then answer a line for each path."""
    kind, *given = sys.argv[1:]
    read = KINDS[kind](*given)
    for line in sys.stdin:
        print(json.dumps(time_reading(read, Path(line.rstrip("\n")))), flush=True)


if __name__ == "__main__":
    main()
