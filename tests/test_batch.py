"""The run: one outcome for each document, the same bytes whatever the order."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_records import TEXT, HandExtractor

from extract.article import Article, Reject, make_article
from extract.batch import extract_each, find_clash, run
from extract.errors import PipelineError
from extract.exporters.jsonl import to_line, to_reject_line
from extract.records import DocumentRecord

ARTICLES: list[Article | Reject] = [
    make_article(TEXT, source="b.txt"),
    make_article(TEXT, source="a.txt"),
    make_article("The harbour was quiet.", source="c.txt", id="same"),
    make_article("The market was loud.", source="c.txt", id="same"),
    make_article("This will fail.", source="d.txt", id="d"),
    make_article("So will this: fail.", source="a.jsonl:2"),
    Reject("z.txt", "empty", "z.txt: there is no text in it"),
    *(make_article(f"Quiet day {number}.", source="s.jsonl") for number in range(9)),
]


def _bytes_of(articles: list[Article | Reject], batch_size: int) -> tuple[bytes, bytes]:
    with run(articles, HandExtractor(), batch_size=batch_size) as results:
        records, rejects = list(results.records()), list(results.rejects())
    return b"".join(map(to_line, records)), b"".join(map(to_reject_line, rejects))


@pytest.mark.parametrize("batch_size", [1, 2, 5, 64])
@pytest.mark.parametrize("seed", range(4))
def test_order_and_batch_size_change_no_byte(seed: int, batch_size: int) -> None:
    shuffled = ARTICLES.copy()
    random.Random(seed).shuffle(shuffled)
    assert _bytes_of(shuffled, batch_size) == _bytes_of(ARTICLES, 3)


def test_nothing_is_lost() -> None:
    with run(ARTICLES, HandExtractor()) as results:
        records, rejects = list(results.records()), list(results.rejects())
        assert results.documents == len(ARTICLES) == len(records) + len(rejects)
        assert results.rejected == len(rejects) == 3
        assert results.agreements == 2


def test_records_come_by_id_then_source() -> None:
    with run(ARTICLES, HandExtractor()) as results:
        keys = [(record.document.id, record.document.source) for record in results.records()]
        assert [reject.source for reject in results.rejects()] == ["a.jsonl:2", "d.txt", "z.txt"]
    assert keys == sorted(keys)
    twice = make_article(TEXT, source="").id
    assert [source for id, source in keys if id == twice] == ["a.txt", "b.txt"]


def test_documents_of_one_id_and_different_text_are_told() -> None:
    with run(ARTICLES, HandExtractor()) as results:
        # a.txt and b.txt share theirs too, but are copies
        assert list(results.shared_ids()) == [("same", 2)]


CLASHES = [  # inputs, outputs, what is named in the message
    (["d"], ["d/a.txt"], "d/a.txt is read", "a file of the folder"),
    (["."], ["d/../d/a.txt"], "is read", "in whatever way it is named"),
    (["d/a.txt"], ["d/a.txt"], "d/a.txt is read", "the very file"),
    (["link.txt"], ["d/a.txt"], "d/a.txt is read", "what a link leads to"),
    (["d/a.txt"], ["link.txt"], "link.txt is read", "a link to it"),
    (["d"], ["new.jsonl", "d/b.csv"], "d/b.csv is read", "a file that is only refused"),
    (["d"], ["x", "./x"], "./x is named for two", "one file for both"),
    (["d"], ["d/new.jsonl"], None, "written when all is read"),
    (["d"], ["d/.hidden"], None, "no source"),
    (["d/a.txt"], ["d/b.csv"], None, "beside a source"),
    (["-", "", "d"], ["-", "/dev/null", "/dev/null"], None, "never replaced"),
    (["gone"], ["gone"], None, "nothing to lose"),
]


@pytest.mark.parametrize(("inputs", "outputs", "message", "why"), CLASHES)
def test_no_source_is_written_over(
    inputs: list[str],
    outputs: list[str],
    message: str | None,
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("d").mkdir()
    for name in ("a.txt", "b.csv", ".hidden"):
        Path("d", name).write_text(TEXT, encoding="utf-8")
    Path("link.txt").symlink_to("d/a.txt")
    clash = find_clash(inputs, outputs)
    assert (clash is None) == (message is None), why
    assert message is None or message in str(clash), why


def test_what_fails_fails_alone() -> None:
    outcomes = list(extract_each(ARTICLES, HandExtractor()))
    assert outcomes[4] == Reject("d.txt", "failed", "d.txt: ValueError: no such token", "d")
    assert [type(outcome) for outcome in outcomes[:4]] == [DocumentRecord] * 4
    assert outcomes[6] is ARTICLES[6]


def test_rejects_are_told_as_they_happen() -> None:
    told: list[Reject] = []
    with run(ARTICLES, HandExtractor(), batch_size=2, on_reject=told.append):
        assert [reject.source for reject in told] == ["d.txt", "a.jsonl:2", "z.txt"]


class _Forgetful(HandExtractor):
    def pipe(self, articles, *, batch_size=64):
        yield from (outcome for outcome in super().pipe(articles) if "c.txt" not in repr(outcome))


def test_a_document_the_extractor_forgets_is_rejected() -> None:
    outcomes = list(extract_each(ARTICLES[:4], _Forgetful()))
    assert [getattr(outcome, "reason", "record") for outcome in outcomes] == [
        "record",
        "record",
        "failed",
        "failed",
    ]


class _Raising(HandExtractor):
    def __init__(self, error: BaseException) -> None:
        self._error = error

    def pipe(self, articles, *, batch_size=64):
        raise self._error


@pytest.mark.parametrize("error", [PipelineError("no parser"), KeyboardInterrupt()])
def test_what_concerns_all_documents_ends_the_run(error: BaseException) -> None:
    with pytest.raises(type(error)):
        run(ARTICLES, _Raising(error))


def test_a_run_reads_no_further_ahead_than_a_batch() -> None:
    taken = []

    def articles() -> Iterator[Article | Reject]:
        for article in ARTICLES:
            taken.append(article)
            yield article

    next(extract_each(articles(), HandExtractor(), batch_size=3))
    assert len(taken) == 3


def test_results_can_be_read_twice_and_added_to() -> None:
    with run(ARTICLES[:2], HandExtractor()) as results:
        first = list(results.records())
        for outcome in extract_each(ARTICLES[2:3], HandExtractor()):
            results.add(outcome)
        assert len(list(results.records())) == 3
        assert [record for record in results.records() if record in first] == first
