"""What the components hang on a Doc: plain strings and numbers, so that a Doc serialises.

Spans are given as token indices `(start, end)`, end exclusive. Extensions are registered once,
at import:

    doc._.published    publication day, ISO 8601, or None          set by press.apply_layout
    doc._.anchor       "publication date" or "dateline": what gave it  set by press.apply_layout
    doc._.date_order   "dmy", "mdy" or "auto"                       set by press.apply_layout
    doc._.date_order_reason  what told it, "" where nothing did      set by press.apply_layout
    doc._.country      code of the country that the text speaks from  set by press.apply_layout
    doc._.acronyms     {acronym: long form}                         set by names
    doc._.roles        [RoleFrame]                                  set by roles
    doc._.dates        [DateFrame], one for each doc.spans["dates"] set by dates
    doc._.entities     [EntityFrame]                                set by references
    doc._.references   [ReferenceFrame]                             set by references
    doc._.agreements   [AgreementFrame]                             set by agreements
    doc._.candidates   [CandidateFrame], kept or refused            set by agreements
    doc._.reasons      [ReasonsFrame], only where asked for         set by agreements
    doc.spans["decoys"]  what looked like a trigger and is none     set by agreements

    doc.spans["headline" | "subhead" | "dateline" | "byline" | "published" | "boilerplate"]
"""

from typing import NotRequired, TypedDict

from spacy.tokens import Doc, Token

from extract.vocabulary import EntityType, Granularity, Kind, PartyType, Status

TokenSpan = tuple[int, int]


class RoleFrame(TypedDict):
    """A person's office: the `[head]` of `[Port Authority]`, `[Ada Obi]`."""

    person: TokenSpan
    role: TokenSpan
    body: TokenSpan | None
    rule: str


class ReadingFrame(TypedDict):
    """Another reading of an ambiguous date."""

    value: str
    reason: str


class DateFrame(TypedDict):
    """A date expression, resolved as far as the text allows."""

    span: TokenSpan
    value: str
    earliest: str | None
    latest: str | None
    granularity: Granularity
    anchor: str | None
    rule: str
    alternatives: list[ReadingFrame]


class EntityFrame(TypedDict):
    """An entity with all its mentions by name, in text order.

    `country` makes it one side with its state; `origin` is where it belongs without being that.
    """

    type: EntityType
    name: str
    mentions: list[TokenSpan]
    country: str | None
    origin: NotRequired[str]
    ids: dict[str, str]


class ReferenceFrame(TypedDict):
    """A description (`the two sides`, `the company`) and the entities that it stands for."""

    span: TokenSpan
    entities: list[int]
    rule: str


class CandidateFrame(TypedDict):
    """A trigger and what became of it: the number of the agreement it tells of, or None.

    `like` says as which shipped rule each rule of a pack is judged.
    """

    span: TokenSpan
    sentence: TokenSpan
    rule: str
    cues: list[str]
    like: NotRequired[dict[str, str]]
    agreement: int | None
    confidence: float


class PartyFrame(TypedDict):
    """One side of an agreement: the entities merged into it, and every span that stands for it."""

    name: str
    type: PartyType
    entity: int | None
    role: str
    mentions: list[TokenSpan]
    ties: list[str]  # the constructions that tied it: between, subject, context, ...


class SignatoryFrame(TypedDict):
    """A person who acts for a side."""

    name: str
    role: str | None
    party: str | None
    mentions: list[TokenSpan]


class NormalFrame(TypedDict):
    """A span with its normal form: `KE` of Nairobi, `USD 3000000`, `P5Y`."""

    span: TokenSpan
    normal: str | None


class AttributionFrame(TypedDict):
    """Who claims it, and whether in quotation marks."""

    by: str
    quote: bool


class AgreementFrame(TypedDict):
    """One agreement, merged over the document."""

    kind: Kind
    status: Status
    triggers: list[TokenSpan]
    parties: list[PartyFrame]
    signatories: list[SignatoryFrame]
    date: int | None
    place: NormalFrame | None
    topic: TokenSpan | None
    value: NormalFrame | None
    duration: NormalFrame | None
    attribution: AttributionFrame | None
    evidence: list[TokenSpan]
    confidence: float
    rules: list[str]


class ReasonsFrame(TypedDict):
    """Why a slot is filled as it is, or why what might have filled it was refused.

    `weights` says what each feature adds to the score, `quotes` on which words a feature was found
    (by its name), `readings` what the reader says, as probabilities. A slot that a plain rule
    fills has no weights; `note` says why.
    """

    agreement: int | None  # None: of a candidate that was refused
    slot: str
    text: str
    span: TokenSpan
    filled: bool
    rules: list[str]
    chance: float | None
    needed: float | None  # the chance below which it is refused
    rival: str | None  # the status that it outdid
    weights: dict[str, float]
    quotes: dict[str, str]
    readings: dict[str, float]
    note: str


_DEFAULTS: dict[str, object] = {
    "published": None,
    "anchor": "publication date",
    "date_order": "auto",
    "date_order_reason": "",
    "country": None,
    "acronyms": None,
    "roles": None,
    "dates": None,
    "entities": None,
    "references": None,
    "agreements": None,
    "candidates": None,
    "reasons": None,
}
if not Token.has_extension("is_trigger"):
    Token.set_extension("is_trigger", default=False)
for _name, _default in _DEFAULTS.items():
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=_default)
