"""Questions to a dependency tree, answered in the terms of Universal Dependencies (UD).

Our own pipelines give UD trees (`nmod`, `obl`, `case`), spaCy's give ClearNLP ones (`prep`,
`pobj`, `nsubjpass`). The components ask here, so that both serve; the weights of the judge were
fitted on UD labels, so these are what comes back.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_OBLIQUES = {"nmod", "obl"}
_BEFORE_NOUN = {"det", "amod", "compound", "nummod", "nmod", "flat", "quantmod"}
_AFTER_NOUN = {"flat", "fixed", "nmod", "compound"}
_PREPOSITIONS = {"prep", "agent"}
_NOT_NOMINAL = {"VERB", "AUX", "ADJ", "ADV"}
_UD = {  # ClearNLP labels of words that hang in a UD tree where they hang here
    "auxpass": "aux",
    "csubjpass": "csubj",
    "dative": "iobj",
    "dobj": "obj",
    "npadvmod": "obl",
    "nsubjpass": "nsubj",
    "oprd": "xcomp",
    "poss": "nmod",
    "preconj": "cc",
    "predet": "det",
    "prt": "compound",
    "relcl": "acl",
}


def relation(token: Token) -> str:
    """Return the UD label without its subtype: `nsubj` for `nsubj:pass` and for `nsubjpass`.

    A ClearNLP preposition stays `prep`; what it governs is what it would be in UD: `nmod` or
    `acl` of a noun, `obl` or `advcl` of a verb.
    """
    label = str(token.dep_).split(":")[0]
    if label in {"pobj", "pcomp"}:
        of_noun = governor(token).pos_ not in _NOT_NOMINAL
        if label == "pobj":
            return "nmod" if of_noun else "obl"
        return "acl" if of_noun else "advcl"
    if _is_preposition(token):
        return "prep"
    return _UD.get(label, label)


def governor(token: Token) -> Token:
    """Return the word above a token, past the prepositions that a ClearNLP tree puts between."""
    above: Token = token.head
    while _is_preposition(first := first_conjunct(above)) and first.head != first:
        above = first.head
    return above


def adposition(noun: Token) -> str:
    """Return the preposition before a noun, in lower case; nothing where there is none."""
    if noun.dep_ == "pobj":
        return str(noun.head.lower_)
    return next((c.lower_ for c in noun.lefts if relation(c) == "case"), "")


def _is_preposition(token: Token) -> bool:
    """Tell whether a word is a preposition with its complement below it, as in ClearNLP."""
    with_complement = token.dep_ == "dative" and any(c.dep_ == "pobj" for c in token.rights)
    return token.dep_ in _PREPOSITIONS or with_complement


def _complements(preposition: Token) -> Iterator[tuple[str, Token]]:
    """Yield what a ClearNLP preposition governs; of two (`along with`) the inner one counts."""
    for child in preposition.rights:
        if child.dep_ == "pobj":
            yield preposition.lower_, child
        elif _is_preposition(child):
            yield from _complements(child)


def is_passive(verb: Token) -> bool:
    """Tell whether a verb has a passive subject or auxiliary."""
    return any(
        child.dep_ in {"nsubj:pass", "aux:pass", "nsubjpass", "auxpass"} for child in verb.children
    )


def conjuncts(token: Token) -> list[Token]:
    """Return the token and all that is coordinated with it to its right, in text order."""
    found = [token]
    for child in token.rights:
        if relation(child) == "conj":
            found.extend(conjuncts(child))
    return found


def first_conjunct(token: Token) -> Token:
    """Return the first member of the coordination that the token belongs to."""
    while str(token.dep_).partition(":")[0] == "conj" and token.head != token:
        token = token.head
    return token


def subjects(verb: Token) -> list[Token]:
    """Return the heads of the subject of a verb, active or passive, coordinated ones included."""
    return [
        member
        for child in verb.children
        if relation(child) == "nsubj" and child.i < verb.i + 12
        for member in conjuncts(child)
    ]


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition in lower case, head of its complement) for each one on the token."""
    for child in token.children:
        if _is_preposition(child):
            for preposition in conjuncts(child):
                yield from _complements(preposition)
        elif relation(child) in _OBLIQUES and (word := adposition(child)):
            yield word, child


def governing_verb(token: Token) -> Token | None:
    """Return the verb above a noun, through nouns such as `signing of`, `a series of`."""
    for ancestor in [token, *token.ancestors]:
        if ancestor.pos_ in {"VERB", "AUX"} and ancestor != token:
            return ancestor
        if ancestor != token and relation(ancestor) == "ROOT":
            return None
    return None


def clause_subjects(verb: Token) -> list[Token]:
    """Return the subject of a verb, or the one it shares with the verb or noun above it.

    `agreed to sign`: that of `agreed`; `met and signed`: that of `met`; `an accord signed by`:
    none; `the ministers, signing a deal,`: the noun the participle stands on is not guessed.
    """
    for _ in range(6):
        found = subjects(verb)
        if found or relation(verb) not in {"xcomp", "conj", "advcl", "ccomp", "parataxis"}:
            return found
        if relation(verb) == "ccomp" and any(c.lower_ == "that" for c in verb.lefts):
            return []
        verb = governor(verb)
    return []


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return the tokens (start, end) of a noun and what belongs to it, without later clauses."""
    start, end = token.i, token.i + 1
    for child in token.children:
        if child.i < token.i:
            if relation(child) in _BEFORE_NOUN:
                start = min(start, child.left_edge.i)
        elif relation(child) in _AFTER_NOUN or (
            _is_preposition(child) and any(_complements(child))
        ):
            end = max(end, child.right_edge.i + 1)
    return start, end


def dependency(doc: Doc, span: tuple[int, int]) -> str:
    """Return the relation of a name to its sentence, with its preposition: obl:in, nsubj."""
    root = first_conjunct(doc[span[0] : span[1]].root)
    label = relation(root)
    return f"{label}:{adposition(root)}" if label in _OBLIQUES else label


def sentence_before(doc: Doc, start: int) -> int:
    """Return the first token of the sentence before the one that starts at a token."""
    return int(doc[start - 1].sent.start) if start > 0 else 0
