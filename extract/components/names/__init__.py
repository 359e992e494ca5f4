"""Which tokens are names, and of what: the tagger's entities, put right over the document.

The tagger sees a few words at a time. Here a name is seen whole (`Ministry of Health of the
Republic of X`), with its acronym, as the same thing wherever it recurs, and with what the
lexicons of countries and bodies know. Only PERSON, ORG, GPE, LOC, FAC and NORP are touched;
other labels stay as they came.
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.components import frames as _frames  # noqa: F401  registers the extensions
from extract.components.names.acronyms import Pair, apply_acronyms, find_acronyms
from extract.components.names.bodies import add_bodies_alone, join_body_names
from extract.components.names.companies import add_company_names
from extract.components.names.fragments import join_fragments, split_owners
from extract.components.names.known import add_known_names, correct_labels
from extract.components.names.lines import find_lines
from extract.components.names.recurring import settle_labels, spread_names
from extract.components.names.spans import Name
from extract.components.names.splits import split_coordinated, split_pairs
from extract.components.names.trimming import clean_names

_LONGEST = 60  # tokens; what a tagger takes for a longer name, in a dump, is none


def find_names(doc: Doc, pairs: list[Pair]) -> list[Name]:
    """Return the names of a document in text order, without overlaps."""
    lines = find_lines(doc)
    tagged = [Name(e.start, e.end, e.label_) for e in doc.ents if len(e) <= _LONGEST]
    names = join_fragments(doc, tagged)
    names = clean_names(doc, split_owners(doc, names))
    names = join_body_names(doc, split_coordinated(doc, names), lines)
    names = correct_labels(doc, add_company_names(doc, names, lines))
    names = add_known_names(doc, clean_names(doc, names), lines)
    names = settle_labels(doc, apply_acronyms(doc, names, pairs))
    names = add_bodies_alone(doc, spread_names(doc, names, lines), lines)
    return split_pairs(doc, names)


class NameFinder:
    """Rewrites `doc.ents` and sets `doc._.acronyms`."""

    def __call__(self, doc: Doc) -> Doc:
        """Find the acronyms and the names and hang them on the document."""
        pairs = find_acronyms(doc)
        names = find_names(doc, pairs)
        doc.ents = tuple(Span(doc, n.start, n.end, n.label) for n in names)
        doc._.acronyms = {
            doc[p.short[0] : p.short[1]].text: doc[p.long[0] : p.long[1]].text for p in pairs
        }
        return doc


@Language.factory("pactwire_names", requires=["doc.ents"], assigns=["doc.ents"], default_config={})
def make_names(nlp: Language, name: str) -> NameFinder:
    """Make the component; it runs after the tagger."""
    return NameFinder()
