"""Questions to trees, in Universal Dependencies and in ClearNLP labels."""

import pytest
from docs import make_tree
from spacy.tokens import Doc, Token

from extract.components import grammar

# Each sentence twice, as our own pipelines and as spaCy's parse it.
TREES = {
    "active": (
        "Peru/PROPN/nsubj/signed and/CCONJ/cc/Chile Chile/PROPN/conj/Peru signed/VERB/ROOT/signed "
        "a/DET/det/pact pact/NOUN/obj/signed with/ADP/case/Fiji Fiji/PROPN/obl/signed "
        "in/ADP/case/Lima Lima/PROPN/obl/signed",
        "Peru/PROPN/nsubj/signed and/CCONJ/cc/Peru Chile/PROPN/conj/Peru signed/VERB/ROOT/signed "
        "a/DET/det/pact pact/NOUN/dobj/signed with/ADP/prep/signed Fiji/PROPN/pobj/with "
        "in/ADP/prep/signed Lima/PROPN/pobj/in",
    ),
    "passive": (
        "A/DET/det/pact pact/NOUN/nsubj:pass/signed was/AUX/aux:pass/signed "
        "signed/VERB/ROOT/signed by/ADP/case/Peru Peru/PROPN/obl:agent/signed "
        "and/CCONJ/cc/Chile Chile/PROPN/conj/Peru",
        "A/DET/det/pact pact/NOUN/nsubjpass/signed was/AUX/auxpass/signed "
        "signed/VERB/ROOT/signed by/ADP/agent/signed Peru/PROPN/pobj/by "
        "and/CCONJ/cc/Peru Chile/PROPN/conj/Peru",
    ),
    "phrase": (
        "the/DET/det/signing signing/NOUN/nsubj/followed of/ADP/case/pact a/DET/det/pact "
        "trade/NOUN/compound/pact pact/NOUN/nmod/signing between/ADP/case/Peru "
        "Peru/PROPN/nmod/pact and/CCONJ/cc/Chile Chile/PROPN/conj/Peru followed/VERB/ROOT/followed",
        "the/DET/det/signing signing/NOUN/nsubj/followed of/ADP/prep/signing a/DET/det/pact "
        "trade/NOUN/compound/pact pact/NOUN/pobj/of between/ADP/prep/pact "
        "Peru/PROPN/pobj/between and/CCONJ/cc/Peru Chile/PROPN/conj/Peru "
        "followed/VERB/ROOT/followed",
    ),
    "chain": (
        "Peru/PROPN/nsubj/agreed agreed/VERB/ROOT/agreed to/PART/mark/meet meet/VERB/xcomp/agreed "
        "and/CCONJ/cc/sign sign/VERB/conj/meet a/DET/det/pact pact/NOUN/obj/sign",
        "Peru/PROPN/nsubj/agreed agreed/VERB/ROOT/agreed to/PART/aux/meet meet/VERB/xcomp/agreed "
        "and/CCONJ/cc/meet sign/VERB/conj/meet a/DET/det/pact pact/NOUN/dobj/sign",
    ),
    "said": 2
    * (
        "Peru/PROPN/nsubj/said said/VERB/ROOT/said that/SCONJ/mark/signed it/PRON/nsubj/signed "
        "signed/VERB/ccomp/said",
    ),
    "impersonal": 2
    * (
        "Peru/PROPN/nsubj/said said/VERB/ROOT/said that/SCONJ/mark/raining raining/VERB/ccomp/said",
    ),
    "title": (
        "Pact/NOUN/ROOT/Pact of/ADP/case/Lima Lima/PROPN/nmod/Pact",
        "Pact/NOUN/ROOT/Pact of/ADP/prep/Pact Lima/PROPN/pobj/of",
    ),
}
SCHEMES = [0, 1]


@pytest.fixture(params=SCHEMES, ids=["UD", "ClearNLP"])
def trees(request: pytest.FixtureRequest) -> dict[str, Doc]:
    return {name: make_tree(rows[request.param]) for name, rows in TREES.items()}


def at(doc: Doc, word: str) -> Token:
    return next(token for token in doc if token.text == word)


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


def test_relation_drops_the_subtype(trees: dict[str, Doc]) -> None:
    assert grammar.relation(at(trees["passive"], "pact")) in {"nsubj", "nsubjpass"}
    assert grammar.relation(at(trees["active"], "Chile")) == "conj"


def test_is_passive(trees: dict[str, Doc]) -> None:
    assert grammar.is_passive(at(trees["passive"], "signed"))
    assert not grammar.is_passive(at(trees["active"], "signed"))


def test_coordination(trees: dict[str, Doc]) -> None:
    doc = trees["active"]
    assert texts(grammar.conjuncts(at(doc, "Peru"))) == ["Peru", "Chile"]
    assert texts(grammar.conjuncts(at(doc, "Chile"))) == ["Chile"]
    assert grammar.first_conjunct(at(doc, "Chile")).text == "Peru"
    assert grammar.first_conjunct(at(doc, "Fiji")).text == "Fiji"


def test_a_chain_of_conjuncts_is_followed() -> None:
    doc = make_tree("Peru/PROPN/ROOT/Peru Chile/PROPN/conj/Peru Fiji/PROPN/conj/Chile")
    assert texts(grammar.conjuncts(doc[0])) == ["Peru", "Chile", "Fiji"]
    assert grammar.first_conjunct(doc[2]).text == "Peru"


def test_subjects(trees: dict[str, Doc]) -> None:
    signed = at(trees["active"], "signed")
    assert texts(grammar.subjects(signed)) == ["Peru", "Chile"]
    passive = at(trees["passive"], "signed")
    assert texts(grammar.subjects(passive)) == ["pact"]


def test_prepositions(trees: dict[str, Doc]) -> None:
    def found(doc: Doc, word: str) -> list[tuple[str, str]]:
        return [(p, token.text) for p, token in grammar.prepositions(at(doc, word))]

    assert found(trees["active"], "signed") == [("with", "Fiji"), ("in", "Lima")]
    assert found(trees["passive"], "signed") == [("by", "Peru")]
    assert found(trees["phrase"], "signing") == [("of", "pact")]
    assert found(trees["phrase"], "pact") == [("between", "Peru")]
    assert found(trees["active"], "pact") == []


def test_governing_verb(trees: dict[str, Doc]) -> None:
    def found(doc: Doc, word: str) -> str | None:
        verb = grammar.governing_verb(at(doc, word))
        return verb.text if verb is not None else None

    assert found(trees["active"], "pact") == "signed"
    assert found(trees["phrase"], "pact") == "followed", "through `the signing of`"
    assert found(trees["title"], "Lima") is None, "no verb at all"
    assert found(trees["active"], "signed") is None, "none above the main verb"


def test_clause_subjects(trees: dict[str, Doc]) -> None:
    def found(name: str, word: str) -> list[str]:
        return texts(grammar.clause_subjects(at(trees[name], word)))

    assert found("active", "signed") == ["Peru", "Chile"]
    assert found("chain", "meet") == ["Peru"], "shared with the verb above"
    assert found("chain", "sign") == ["Peru"], "through two verbs"
    assert found("said", "signed") == ["it"], "its own"
    assert found("impersonal", "raining") == [], "a that-clause shares no subject"


def test_noun_phrase(trees: dict[str, Doc]) -> None:
    def found(name: str, word: str) -> str:
        doc = trees[name]
        start, end = grammar.noun_phrase(at(doc, word))
        return str(doc[start:end].text)

    assert found("active", "pact") == "a pact"
    assert found("phrase", "pact") == "a trade pact between Peru and Chile", "no preposition before"
    assert found("title", "Pact") == "Pact of Lima"
    assert found("active", "Peru") == "Peru", "without what is coordinated with it"


def test_noun_phrase_stops_at_a_clause() -> None:
    doc = make_tree(
        "the/DET/det/pact pact/NOUN/ROOT/pact that/PRON/nsubj/failed failed/VERB/acl:relcl/pact"
    )
    assert grammar.noun_phrase(doc[1]) == (0, 2)
