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
    "clauses": (
        "After/SCONJ/mark/signing signing/VERB/advcl/pledged a/DET/det/pact pact/NOUN/obj/signing "
        "Peru/PROPN/nsubj/pledged pledged/VERB/ROOT/pledged a/DET/det/scheme "
        "scheme/NOUN/obj/pledged on/SCONJ/mark/sharing sharing/VERB/acl/scheme "
        "water/NOUN/obj/sharing that/PRON/nsubj/failed failed/VERB/acl:relcl/scheme "
        "at/ADP/case/sea sea/NOUN/obl/failed",
        "After/ADP/prep/pledged signing/VERB/pcomp/After a/DET/det/pact pact/NOUN/dobj/signing "
        "Peru/PROPN/nsubj/pledged pledged/VERB/ROOT/pledged a/DET/det/scheme "
        "scheme/NOUN/dobj/pledged on/ADP/prep/scheme sharing/VERB/pcomp/on "
        "water/NOUN/dobj/sharing that/PRON/nsubj/failed failed/VERB/relcl/scheme "
        "at/ADP/prep/failed sea/NOUN/pobj/at",
    ),
    "owner": (
        "All/DET/det:predet/ports Peru/PROPN/nmod:poss/ports 's/PART/case/Peru "
        "ports/NOUN/nsubj/went went/VERB/ROOT/went to/ADP/case/Chad Chad/PROPN/obl/went "
        "on/ADP/case/Monday Monday/PROPN/obl/went",
        "All/DET/predet/ports Peru/PROPN/poss/ports 's/PART/case/Peru "
        "ports/NOUN/nsubj/went went/VERB/ROOT/went to/ADP/dative/went Chad/PROPN/pobj/to "
        "on/ADP/prep/went Monday/PROPN/pobj/on",
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


# sentence, word, UD label without its subtype
RELATIONS = [
    ("active", "Chile", "conj"),
    ("active", "pact", "obj"),
    ("active", "Fiji", "obl"),
    ("passive", "pact", "nsubj"),
    ("passive", "was", "aux"),
    ("passive", "Peru", "obl"),
    ("phrase", "pact", "nmod"),
    ("clauses", "signing", "advcl"),
    ("clauses", "sharing", "acl"),
    ("clauses", "failed", "acl"),
    ("owner", "All", "det"),
    ("owner", "Peru", "nmod"),
    ("owner", "Chad", "obl"),
    ("title", "Lima", "nmod"),
]


@pytest.mark.parametrize(("name", "word", "label"), RELATIONS)
def test_relation(name: str, word: str, label: str, trees: dict[str, Doc]) -> None:
    assert grammar.relation(at(trees[name], word)) == label


def test_a_preposition_in_clearnlp_stays_one() -> None:
    gave = make_tree(TREES["owner"][1])
    assert [grammar.relation(at(gave, word)) for word in ("to", "on")] == ["prep", "prep"]
    doc = make_tree("gave/VERB/ROOT/gave Chad/PROPN/dative/gave ports/NOUN/dobj/gave")
    assert grammar.relation(doc[1]) == "iobj", "a dative without a preposition"


# sentence, word, the word above it, the preposition before it, what a span there is to its sentence
ABOVE = [
    ("active", "Fiji", "signed", "with", "obl:with"),
    ("active", "Chile", "Peru", "", "nsubj"),
    ("passive", "Peru", "signed", "by", "obl:by"),
    ("phrase", "Peru", "pact", "between", "nmod:between"),
    ("phrase", "Chile", "Peru", "", "nmod:between"),
    ("clauses", "signing", "pledged", "", "advcl"),
    ("owner", "Peru", "ports", "", "nmod:"),
    ("owner", "Chad", "went", "to", "obl:to"),
    ("title", "Pact", "Pact", "", "ROOT"),
]


@pytest.mark.parametrize(("name", "word", "above", "preposition", "label"), ABOVE)
def test_what_is_above(
    name: str, word: str, above: str, preposition: str, label: str, trees: dict[str, Doc]
) -> None:
    token = at(trees[name], word)
    assert grammar.governor(token).text == above
    assert grammar.adposition(token) == preposition
    assert grammar.dependency(token.doc, (token.i, token.i + 1)) == label


def test_prepositions_in_a_row_in_clearnlp() -> None:
    doc = make_tree(
        "Peru/PROPN/nsubj/signed signed/VERB/ROOT/signed along/ADP/prep/signed "
        "with/ADP/prep/along Fiji/PROPN/pobj/with in/ADP/prep/signed Lima/PROPN/pobj/in "
        "and/CCONJ/cc/in at/ADP/conj/in sea/NOUN/pobj/at"
    )
    found = [(word, token.text) for word, token in grammar.prepositions(doc[1])]
    assert found == [("with", "Fiji"), ("in", "Lima"), ("at", "sea")], "the inner one, each one"
    assert [grammar.governor(token).text for token in (doc[4], doc[9])] == ["signed", "signed"]


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
    assert found("clauses", "signing") == ["Peru"], "after signing: through a preposition"
    assert found("clauses", "sharing") == [], "a clause on a noun shares none"


def test_noun_phrase(trees: dict[str, Doc]) -> None:
    def found(name: str, word: str) -> str:
        doc = trees[name]
        start, end = grammar.noun_phrase(at(doc, word))
        return str(doc[start:end].text)

    assert found("active", "pact") == "a pact"
    assert found("phrase", "pact") == "a trade pact between Peru and Chile", "no preposition before"
    assert found("title", "Pact") == "Pact of Lima"
    assert found("active", "Peru") == "Peru", "without what is coordinated with it"
    assert found("clauses", "scheme") == "a scheme", "without clauses"
    assert found("owner", "ports") == "All Peru 's ports", "with its owner"


def test_noun_phrase_stops_at_a_clause() -> None:
    doc = make_tree(
        "the/DET/det/pact pact/NOUN/ROOT/pact that/PRON/nsubj/failed failed/VERB/acl:relcl/pact"
    )
    assert grammar.noun_phrase(doc[1]) == (0, 2)
