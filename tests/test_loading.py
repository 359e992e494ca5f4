"""Finding and loading a pipeline, what it must have, and what is told of one that has less."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from docs import make_tree
from spacy.attrs import DEP, HEAD, POS
from spacy.language import Language
from spacy.tokenizer import Tokenizer as SpacyTokenizer
from spacy.tokens import Doc

from extract import load
from extract.errors import PipelineError
from extract.loading import RECIPES
from extract.resources import DEFAULT_PIPELINE, pipeline_places
from extract.tokenizer import Tokenizer, set_tokenizer

HOUSE = Path(__file__).parent.parent
TREE = "token.dep"
EVERYTHING = [
    "doc.ents",
    "token.dep",
    "token.is_sent_start",
    "token.tag",
    "token.pos",
    "token.lemma",
]

# Pipelines made by hand. The parser knows one sentence, as spaCy's own pipelines parse it.

SENTENCE = make_tree(
    "Jordan/PROPN/nsubj/signed and/CCONJ/cc/Jordan Chad/PROPN/conj/Jordan signed/VERB/ROOT/signed "
    "a/DET/det/pact fisheries/NOUN/compound/pact pact/NOUN/dobj/signed in/ADP/prep/signed "
    "Ilo/PROPN/pobj/in on/ADP/prep/signed Monday/PROPN/pobj/on ./PUNCT/punct/signed"
)


@Language.component("made_parser", assigns=["token.dep", "token.head", "token.pos", "doc.sents"])
def made_parser(doc: Doc) -> Doc:
    attributes = [HEAD, DEP, POS]
    if [token.text for token in doc] == [token.text for token in SENTENCE]:
        for label in {token.dep_ for token in SENTENCE}:
            doc.vocab.strings.add(label)
        doc.from_array(attributes, SENTENCE.to_array(attributes))
    return doc


@Language.component("made_names_and_trees", assigns=["doc.ents", "token.dep", "doc.sents"])
def made_names_and_trees(doc: Doc) -> Doc:
    return doc


@Language.component("made_encoder", assigns=EVERYTHING)
def made_encoder(doc: Doc) -> Doc:
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


@Language.component("made_tagger", assigns=["token.tag", "token.lemma"])
def made_tagger(doc: Doc) -> Doc:
    return doc


def mark(nlp: Language, names: dict[str, str]) -> Language:
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": name} for name, label in names.items()])
    return nlp


def make_pipeline(*pipes: str, names: dict[str, str] | None = None) -> Language:
    nlp = spacy.blank("en")
    for pipe in pipes:
        nlp.add_pipe(pipe)
    return mark(nlp, names) if names else nlp


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Language], Path]:
    """Save a pipeline, and return its folder."""

    def save(nlp: Language) -> Path:
        nlp.to_disk(tmp_path / "own")
        return tmp_path / "own"

    return save


def fails(name: str | Path) -> str:
    with pytest.raises(PipelineError) as raised:
        load(name)
    message = str(raised.value)
    assert "\n" not in message
    return message


# Finding


def test_an_unknown_name_tells_where_it_was_looked_for_and_how_to_build_the_shipped() -> None:
    message = fails("press_xx")
    assert all(str(place) in message for place in pipeline_places("press_xx"))
    assert "installed spaCy packages" in message
    for name, recipe in RECIPES.items():
        assert f"{name} (`python {recipe} " in message
    assert (HOUSE / RECIPES[DEFAULT_PIPELINE]).is_file()


def test_an_absolute_path_is_looked_for_there_alone(tmp_path: Path) -> None:
    message = fails(tmp_path / "gone")
    assert message.count(str(tmp_path)) == 2
    assert not any(str(place.parent) in message for place in pipeline_places("gone"))


@pytest.mark.parametrize("name", ["", "yaml", "__main__", "x" * 200, "no\0name", "../no/such"])
def test_a_name_that_is_no_pipeline(name: str) -> None:
    assert "no pipeline" in fails(name) or "no spaCy pipeline" in fails(name)


def test_what_a_folder_without_a_pipeline_is_told(tmp_path: Path) -> None:
    assert "is no spaCy pipeline: it has no config.cfg; give a folder" in fails(tmp_path)
    spacy.blank("en").to_disk(tmp_path / "model-best")
    assert f"it has no config.cfg; give {tmp_path / 'model-best'}" in fails(tmp_path)
    assert "it is a file" in fails(tmp_path / "model-best" / "config.cfg")


def install(nlp: Language, folder: Path, *, module: str = "") -> None:
    """Lay a pipeline out as `spacy package` does."""
    nlp.meta["name"], nlp.meta["version"] = "made_sm", "1.2"
    (folder / "en_made_sm").mkdir()
    nlp.to_disk(folder / "en_made_sm" / "en_made_sm-1.2")
    (folder / "en_made_sm" / "meta.json").write_text(json.dumps(nlp.meta), encoding="utf-8")
    (folder / "en_made_sm" / "__init__.py").write_text(module, encoding="utf-8")


@pytest.mark.parametrize("name", ["en_made_sm", "en-made-sm"])
def test_an_installed_package(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(make_pipeline("made_encoder"), tmp_path, module="imported = True")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "en_made_sm", raising=False)
    assert load(name).run.pipeline == "made_sm 1.2"
    assert sys.modules["en_made_sm"].imported, "it may bring components of its own"


def test_an_installed_package_that_fails_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(make_pipeline("made_encoder"), tmp_path, module="import no_such_module_here")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "en_made_sm", raising=False)
    assert "cannot be loaded: No module named 'no_such_module_here'" in fails("en_made_sm")


# Loading

BROKEN = [
    ("config.cfg", "", "cannot be loaded", "an empty configuration"),
    ("config.cfg", '[nlp]\nlang = "zz"\npipeline = []\n', "another language (zz)", "no such one"),
    ("config.cfg", '[nlp]\nlang = "en"\npipeline = ["gone"]\n', "cannot be loaded", "no section"),
    ("config.cfg", "[nlp\n", "cannot be loaded", "no configuration at all"),
    ("meta.json", "{", "cannot be loaded", "no JSON"),
    ("tokenizer", "", "cannot be loaded", "a tokenizer cut short"),
    ("vocab/strings.json", "[", "cannot be loaded", "strings cut short"),
    ("ner/model", "", "cannot be loaded", "weights cut short"),
]


@pytest.mark.parametrize(("file", "content", "told", "why"), BROKEN)
def test_a_broken_folder(
    file: str, content: str, told: str, why: str, saved: Callable[[Language], Path]
) -> None:
    own = saved(make_pipeline("ner"))
    (own / file).write_text(content, encoding="utf-8")
    message = fails(own)
    assert message.startswith(f"pipeline {own} ") and told in message, why
    assert len(message) < len(str(own)) + 400


def test_a_pipeline_of_another_language(saved: Callable[[Language], Path]) -> None:
    assert "reads another language (de); only English (en)" in fails(saved(spacy.blank("de")))


TRANSFORMER = """
[components.transformer]
factory = "{factory}"
[components.transformer.model]
@architectures = "{architecture}"
name = "roberta-base"
"""
NOT_INSTALLED = [
    ("absent_transformer", "spacy-absent.Model.v3", "`pip install spacy-absent`"),
    ("absent_reader", "spacy.Tok2Vec.v2", "install the package that has it"),
]


@pytest.mark.parametrize(("factory", "architecture", "cure"), NOT_INSTALLED)
def test_a_component_whose_package_is_not_installed(
    factory: str, architecture: str, cure: str, saved: Callable[[Language], Path]
) -> None:
    own = saved(make_pipeline())
    config = (own / "config.cfg").read_text(encoding="utf-8")
    config = config.replace("pipeline = []", 'pipeline = ["transformer"]')
    config += TRANSFORMER.format(factory=factory, architecture=architecture)
    (own / "config.cfg").write_text(config, encoding="utf-8")
    assert fails(own) == f"pipeline {own} needs the component {factory}: {cure}"


def set_version(own: Path, spec: str) -> None:
    meta = json.loads((own / "meta.json").read_text(encoding="utf-8"))
    (own / "meta.json").write_text(json.dumps({**meta, "spacy_version": spec}), encoding="utf-8")


MINOR = ".".join(spacy.about.__version__.split(".")[:2])
VERSIONS = [
    (">=2.3.0,<2.4.0", True, "another minor version"),
    (f">={MINOR}.0", False, "this one"),
    (f">={MINOR}.999,<99", False, "a patch apart"),
]


@pytest.mark.parametrize(("spec", "tells", "why"), VERSIONS)
@pytest.mark.filterwarnings("error")
def test_another_version_of_spacy_is_told(
    spec: str, tells: bool, why: str, saved: Callable[[Language], Path]
) -> None:
    own = saved(make_pipeline("made_encoder"))
    set_version(own, spec)
    notices = load(own).notices
    assert [notice.code for notice in notices] == ["spacy_version"] * tells, why
    assert all(f"made for spaCy {spec}" in notice.message for notice in notices)


def test_a_failure_tells_of_the_other_version_too(saved: Callable[[Language], Path]) -> None:
    own = saved(make_pipeline("ner"))
    set_version(own, ">=2.3.0,<2.4.0")
    (own / "ner/model").write_text("", encoding="utf-8")
    assert "was made for spaCy >=2.3.0,<2.4.0, this is" in fails(own)


# What it must have

NO_NAMES = "names (no component assigns doc.ents)"
NO_TREES = "trees (no component assigns token.dep)"
NO_SENTENCES = "sentences (no component assigns token.is_sent_start)"
INCOMPLETE = [
    ([], f"{NO_NAMES}, {NO_TREES} and {NO_SENTENCES};", "blank"),
    (["ner"], f"{NO_TREES} and {NO_SENTENCES};", "names only"),
    (["parser"], f"{NO_NAMES};", "a parser bounds sentences too"),
    (["senter", "ner"], f"{NO_TREES};", "sentences without trees"),
    (["sentencizer", "entity_ruler"], f"{NO_TREES};", "by rules"),
    (["made_parser", "pactwire_names"], f"{NO_NAMES};", "ours only refine names"),
    (["made_parser", "pactwire_labels"], f"{NO_NAMES};", "ours only map labels"),
]


@pytest.mark.parametrize(("pipes", "lacking", "why"), INCOMPLETE)
def test_a_pipeline_that_lacks_something(
    pipes: list[str], lacking: str, why: str, saved: Callable[[Language], Path]
) -> None:
    assert f"lacks {lacking} use one" in fails(saved(make_pipeline(*pipes))), why


def test_a_disabled_parser_is_named(saved: Callable[[Language], Path]) -> None:
    nlp = make_pipeline("ner", "made_parser")
    nlp.disable_pipe("made_parser")
    assert "lacks trees (its component made_parser is disabled)" in fails(saved(nlp))


def test_a_disabled_component_of_ours_is_put_to_work(saved: Callable[[Language], Path]) -> None:
    nlp = load(saved(make_pipeline("made_encoder"))).nlp
    for ours in ("pactwire_dates", "pactwire_labels"):
        nlp.disable_pipe(ours)
    assert load(saved(nlp)).nlp.disabled == []


@pytest.mark.parametrize("infixes", [None, re.compile("").finditer, str.split])
def test_any_tokenizer_serves(infixes: Any, saved: Callable[[Language], Path]) -> None:
    nlp = make_pipeline("made_encoder")
    nlp.tokenizer = SpacyTokenizer(nlp.vocab, infix_finditer=infixes)
    set_tokenizer(nlp)
    own = type(nlp.tokenizer) is Tokenizer
    assert own is (infixes is not str.split), "one found by more than a pattern stays"
    if own:
        assert [t.text for t in nlp.make_doc("a U.S.-led team")] == [
            "a",
            "U.S.",
            "-",
            "led",
            "team",
        ]


def test_labels_that_are_no_names_do_not_serve(saved: Callable[[Language], Path]) -> None:
    nlp = make_pipeline("made_parser", names={"BRCA1": "GENE", "ten": "CARDINAL"})
    assert "(its labels are CARDINAL and GENE)" in fails(saved(nlp))


@pytest.mark.model
def test_a_ruler_beside_the_encoder_changes_no_labels(saved: Callable[[Language], Path]) -> None:
    nlp = spacy.load(HOUSE / "models" / "press_en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LAW", "pattern": "Zorvex Act"}])
    loaded = load(saved(nlp)).nlp
    assert loaded.get_pipe_config("pactwire_labels")["states"] is True


def test_one_component_may_give_all(saved: Callable[[Language], Path]) -> None:
    assert load(saved(make_pipeline("made_encoder"))).notices == ()


def test_a_component_that_was_never_trained_is_told(saved: Callable[[Language], Path]) -> None:
    assert "cannot be run: [E109] Component 'ner'" in fails(saved(make_pipeline("ner", "parser")))


# What it had better have


def told(nlp: Language, saved: Callable[[Language], Path]) -> list[str]:
    return [notice.message.partition("own ")[2] for notice in load(saved(nlp)).notices]


def test_what_is_not_necessary_is_told(saved: Callable[[Language], Path]) -> None:
    assert told(make_pipeline("made_parser", names={"Ilo": "GPE"}), saved) == [
        "gives no tags or lemmas: less will be found"
    ]


def test_an_attribute_ruler_may_give_the_parts_of_speech(saved: Callable[[Language], Path]) -> None:
    nlp = make_pipeline("made_names_and_trees", "made_tagger")
    assert told(nlp, saved) == ["gives no parts of speech: less will be found"]
    ruler: Any = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"TAG": "NNP"}]], {"POS": "PROPN"})
    assert told(nlp, saved) == []


def test_labels_that_no_row_knows_are_told(saved: Callable[[Language], Path]) -> None:
    names = {
        "Ana Rojas": "Per",
        "BRCA1": "GENE",
        "Ilo": "LOC",
        "ceviche": "Dish",
        "ten": "CARDINAL",
    }
    nlp = mark(make_pipeline("made_encoder"), names)
    assert told(nlp, saved) == ["also marks Dish and GENE, which no rule knows: dropped"]


# Labels of other schemes, through to the record

SCHEMES = {
    "CoNLL": {"Jordan": "LOC", "Chad": "LOC", "Ilo": "LOC", "Rojas": "PER", "Open": "MISC"},
    "OntoNotes": {"Jordan": "GPE", "Chad": "GPE", "Ilo": "GPE", "Monday": "DATE", "a": "CARDINAL"},
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_an_agreement_from_another_pipeline(scheme: str, saved: Callable[[Language], Path]) -> None:
    own = saved(make_pipeline("made_tagger", "made_parser", names=SCHEMES[scheme]))
    record = load(own)(SENTENCE.text.replace(" .", "."), published="2025-07-03")
    [agreement] = record.agreements
    parties = [(party.name, party.type) for party in agreement.parties]
    assert parties == [("Jordan", "GPE"), ("Chad", "GPE")], "both are names of people too"
    assert agreement.place is not None and agreement.place.text == "Ilo"
    assert agreement.date is not None and agreement.date.value == "2025-06-30"


def test_labels_are_mapped_once_and_before_names(saved: Callable[[Language], Path]) -> None:
    nlp = load(saved(make_pipeline("made_encoder", names=SCHEMES["CoNLL"]))).nlp
    assert nlp.pipe_names.index("pactwire_labels") == nlp.pipe_names.index("pactwire_names") - 1
    again = load(saved(nlp)).nlp
    assert again.pipe_names == nlp.pipe_names
    assert again.get_pipe_config("pactwire_labels")["states"] is False


def test_an_older_saved_pipeline_gets_labels_before_names(
    saved: Callable[[Language], Path],
) -> None:
    nlp = load(saved(make_pipeline("made_encoder", "pactwire_names"))).nlp
    assert nlp.pipe_names[:3] == ["made_encoder", "pactwire_labels", "pactwire_names"]


def test_articles_titles_and_possessives_are_no_part_of_a_name(
    saved: Callable[[Language], Path],
) -> None:
    names = {"The Ministry of Trade": "ORG", "Mr. Tomas Reyes": "PERSON", "Ilo's": "GPE"}
    doc = load(saved(make_pipeline("made_encoder", names=names))).analyse(
        "The Ministry of Trade met Mr. Tomas Reyes on Ilo's quay."
    )
    assert [ent.text for ent in doc.ents] == ["Ministry of Trade", "Tomas Reyes", "Ilo"]
