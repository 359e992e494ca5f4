"""Questions to a dependency tree, answered for Universal Dependencies and for ClearNLP labels.

Our own pipelines give UD trees (`nmod`, `obl`, `case`), spaCy's give ClearNLP ones (`prep`,
`pobj`, `nsubjpass`). The components ask here, so that both serve.
"""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_OBLIQUES = {"nmod", "obl"}


def relation(token: Token) -> str:
    """Return the dependency label without its subtype: `nsubj` for `nsubj:pass`."""
    return str(token.dep_).split(":")[0]


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
    while relation(token) == "conj":
        token = token.head
    return token


def subjects(verb: Token) -> list[Token]:
    """Return the heads of the subject of a verb, active or passive, coordinated ones included."""
    return [
        member
        for child in verb.children
        if relation(child) in _SUBJECTS and child.i < verb.i + 12
        for member in conjuncts(child)
    ]


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition in lower case, head of its complement) for each one on the token."""
    for child in token.children:
        label = relation(child)
        if label in _OBLIQUES:
            case = next((c for c in child.lefts if relation(c) == "case"), None)
            if case is not None:
                yield case.lower_, child
        elif label in {"prep", "agent"}:
            for complement in child.children:
                if relation(complement) == "pobj":
                    yield child.lower_, complement


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
        verb = verb.head
    return []


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return the tokens (start, end) of a noun and what belongs to it, without later clauses."""
    start, end = token.i, token.i + 1
    for child in token.children:
        label = relation(child)
        if child.i < token.i and label in {
            *("det", "amod", "compound", "nummod", "poss", "nmod", "case", "flat", "quantmod"),
        }:
            if label == "case":
                continue
            start = min(start, child.left_edge.i)
        elif child.i > token.i and label in {"flat", "fixed", "nmod", "prep", "compound"}:
            end = max(end, child.right_edge.i + 1)
    return start, end


def dependency(doc: Doc, span: tuple[int, int]) -> str:
    """Return the relation of a name to its sentence, with its preposition: obl:in, nsubj."""
    root = first_conjunct(doc[span[0] : span[1]].root)
    label = relation(root)
    if label in _OBLIQUES:
        case = next((c.lower_ for c in root.lefts if relation(c) == "case"), "")
        return f"{label}:{case}"
    return f"pobj:{root.head.lower_}" if label == "pobj" else label


def sentence_before(doc: Doc, start: int) -> int:
    """Return the first token of the sentence before the one that starts at a token."""
    return int(doc[start - 1].sent.start) if start > 0 else 0
