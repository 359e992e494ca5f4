"""The output format: one `DocumentRecord` per document, one JSON line each.

Read from top to bottom, smallest first. Offsets count Unicode code points of the document
text, the end is exclusive, and `text[start:end] == span.text` holds for every span.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from extract.vocabulary import TIES, EntityType, Granularity, Kind, PartyType, Status

SCHEMA_VERSION: Final = "1.0"

IsoDate = Annotated[
    str, Field(description="ISO 8601, as exact as the text allows: 2025-05-14, 2025-05, 2025-W20")
]
IsoDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="ISO 8601 day")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(_Record):
    """A stretch of the document text."""

    start: int = Field(ge=0, description="first character")
    end: int = Field(gt=0, description="one past the last character")
    text: str = Field(description="the exact text between both")


class Section(_Record):
    """A stretch of the text that is not body prose; its words are no part of the record."""

    kind: Literal["headline", "subhead", "dateline", "byline", "published", "boilerplate"]
    start: int = Field(ge=0, description="first character")
    end: int = Field(gt=0, description="one past the last character")


class Warning(_Record):
    """Something a reader of the record should know."""

    code: str = Field(description="stable code, such as encoding or ambiguous_date")
    message: str = Field(description="one sentence")
    start: int | None = Field(None, description="first character concerned, where there is one")
    end: int | None = Field(None, description="one past the last character concerned")


class Run(_Record):
    """What produced the record."""

    tool: Literal["pactwire"] = "pactwire"
    version: str = Field(description="version of pactwire")
    pipeline: str = Field(description="name and version of the pipeline")
    rules_sha256: str = Field(description="SHA-256 over the rule files")


class Published(_Record):
    """The publication date, against which relative dates are resolved."""

    value: IsoDay
    origin: str = Field(description="where it was found and how it was read")


class Document(_Record):
    """The document itself."""

    id: str = Field(description="the given id, or the start of the text's SHA-256")
    source: str = Field(description="the source that its record names, else the location")
    location: str = Field(description="path it was read from, with :line in line formats")
    sha256: str = Field(description="SHA-256 of the document text in UTF-8")
    title: str | None = Field(description="headline")
    url: str | None
    language: str | None = Field(description="ISO 639-1; null where the text does not tell")
    published: Published | None
    dateline: str | None = Field(description="place, day and agency that open the body")
    byline: str | None = Field(description="who wrote it")
    sections: list[Section] = Field(description="front matter and boilerplate, in text order")


class Role(_Record):
    """An office that a person holds."""

    title: str = Field(description="the role as written: Director General")
    body: str | None = Field(description="the organisation or country it is held in")
    mention: Span


class Entity(_Record):
    """A person, organisation, place or group, with all its mentions."""

    id: str = Field(description="stable within the document: e1, e2, ... by first mention")
    type: EntityType
    name: str = Field(description="fullest form in the document")
    mentions: list[Span]
    roles: list[Role] = Field(description="of a person")
    country: str | None = Field(description="ISO 3166-1 alpha-2, where text or lexicon tell it")
    ids: dict[str, str] = Field(description="identifiers by scheme: acronym, iso3166, ...")


class DateReading(_Record):
    """Another way in which an ambiguous date can be read."""

    value: IsoDate
    reason: str


class Date(_Record):
    """A date expression of the text; a span of time or a set (`P3D`, `P1W`) is marked as such."""

    text: str
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    value: str = Field(
        description="ISO 8601 or TIMEX3; X for what is not known: XXXX-05-05, PAST_REF, P3D"
    )
    earliest: IsoDay | None = Field(description="first day it may stand for")
    latest: IsoDay | None = Field(description="last day it may stand for")
    granularity: Granularity
    anchor: str | None = Field(description="what a relative date was resolved against")
    rule: str = Field(description="id of the rule that read it")
    alternatives: list[DateReading]


class Party(_Record):
    """One side of an agreement."""

    name: str = Field(description="fullest form in the document")
    type: PartyType
    entity: str | None = Field(description="id of the entity")
    role: str = Field(description="party; later also guarantor, beneficiary")
    mentions: list[Span]


class Signatory(_Record):
    """A person who signs, announces or negotiates for a party."""

    name: str
    role: str | None = Field(description="office: foreign minister")
    party: str | None = Field(description="name of the party they act for")
    mentions: list[Span]


class AgreementDate(_Record):
    """When the status came about."""

    value: IsoDate
    earliest: IsoDay | None
    latest: IsoDay | None
    granularity: Granularity
    mention: Span


class Normalised(Span):
    """A span with its normal form; null where it cannot be told."""

    normal: str | None = Field(description="normal form, as the field that holds it says")


class Attribution(_Record):
    """Who claims it; a text that speaks in its own voice has none."""

    by: str = Field(description="the source: fullest form of a name, else as written")
    quote: bool = Field(description="whether the trigger stands in a quotation")


class Agreement(_Record):
    """Who agreed what with whom."""

    id: str = Field(description="stable within the document: a1, a2, ... by first trigger")
    kind: Kind
    status: Status
    triggers: list[Span] = Field(min_length=1)
    parties: list[Party] = Field(min_length=1)
    signatories: list[Signatory]
    date: AgreementDate | None
    place: Normalised | None = Field(
        description="where it was agreed; normal: ISO 3166-1 alpha-2 of the country it lies in"
    )
    topic: Normalised | None = Field(description="what it is about; no normal form")
    value: Normalised | None = Field(
        description="the money at stake; normal: ISO 4217 code and plain figures, USD 3000000; "
        "a range USD 3000000..5000000, up to USD ..3000000, more than USD 3000000..; "
        "paid every year USD 3000000/P1Y, in all over five years USD 3000000 over P5Y. "
        "$ and dollars are those of the document's country (dateline, site) where it writes its "
        "own so, else USD"
    )
    duration: Normalised | None = Field(
        None, description="how long it lasts; normal: ISO 8601 duration, P5Y"
    )
    attribution: Attribution | None
    evidence: list[Span] = Field(min_length=1, description="the sentences that carry it")
    confidence: float = Field(ge=0, le=1)
    rules: list[str] = Field(
        description="ids of the rules that fired for any slot: those of models/rules for triggers, "
        "status, date, offices and references, and party.<tie> for how a party is tied "
        f"({', '.join(TIES)})"
    )


class DocumentRecord(_Record):
    """All that was found in one document: one JSON line."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    run: Run
    document: Document
    entities: list[Entity]
    dates: list[Date]
    agreements: list[Agreement]
    warnings: list[Warning]
