"""Doc → record: the only module that knows both spaCy and the output format."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from extract.article import Article, Notice
from extract.components.frames import (
    AgreementFrame,
    DateFrame,
    EntityFrame,
    NormalFrame,
    RoleFrame,
    TokenSpan,
)
from extract.press import Layout
from extract.records import (
    Agreement,
    AgreementDate,
    Attribution,
    Date,
    DateReading,
    Document,
    DocumentRecord,
    Entity,
    Normalised,
    Party,
    Published,
    Role,
    Run,
    Section,
    Signatory,
    Span,
    Warning,
)

_SECTIONS = ("headline", "subhead", "dateline", "byline", "published")


def to_record(
    doc: Doc, article: Article, layout: Layout, run: Run, *, language: str | None
) -> DocumentRecord:
    """Return the record of an analysed Doc.

    Spans are cut to what is not white space, so that every one shows text.
    """
    return DocumentRecord(
        run=run,
        document=_to_document(article, layout, language),
        entities=_to_entities(doc),
        dates=[_to_date(doc, frame) for frame in doc._.dates or []],
        agreements=[
            _to_agreement(doc, number, frame)
            for number, frame in enumerate(doc._.agreements or [], start=1)
        ],
        warnings=[*_to_warnings(article.notices), *_to_warnings(layout.notices)],
    )


def _to_warnings(notices: Iterable[Notice]) -> list[Warning]:
    return [Warning(code=n.code, message=n.message, start=None, end=None) for n in notices]


def _to_document(article: Article, layout: Layout, language: str | None) -> Document:
    parts = {name: getattr(layout, name) for name in ("headline", "subhead", "dateline", "byline")}
    parts["published"] = layout.published_span
    text = {name: article.text[slice(*span)] for name, span in parts.items() if span}
    sections = [(name, span) for name, span in parts.items() if span]
    sections += [("boilerplate", span) for span in layout.boilerplate]
    return Document(
        id=article.id,
        source=article.origin or article.source,
        location=article.source,
        sha256=article.sha256,
        title=article.title or text.get("headline"),
        url=article.url,
        language=language,
        published=Published(value=layout.published.value, origin=layout.published.origin)
        if layout.published
        else None,
        dateline=text.get("dateline"),
        byline=text.get("byline"),
        sections=[
            Section.model_validate({"kind": kind, "start": start, "end": end})
            for kind, (start, end) in sorted(sections, key=lambda section: section[1])
        ],
    )


def _to_entities(doc: Doc) -> list[Entity]:
    held: dict[int, list[RoleFrame]] = {}
    for role in doc._.roles or []:
        held.setdefault(role["person"][0], []).append(role)
    return [_to_entity(doc, *entity, held) for entity in enumerate(doc._.entities or [])]


def _to_entity(
    doc: Doc, number: int, frame: EntityFrame, held: dict[int, list[RoleFrame]]
) -> Entity:
    """Return an entity; `held` gives the offices of persons by the token they begin with."""
    inside = sorted(
        {i for start, end in frame["mentions"] for i in range(start, end)} & held.keys()
    )
    roles = [role for i in inside for role in held[i]]
    return Entity(
        id=f"e{number + 1}",
        type=frame["type"],
        name=frame["name"],
        mentions=_to_spans(doc, frame["mentions"]),
        roles=[
            Role(
                title=_to_span(doc, role["role"]).text,
                body=_to_span(doc, role["body"]).text if role["body"] else None,
                mention=_to_span(doc, role["role"]),
            )
            for role in roles
        ],
        country=frame["country"] or frame.get("origin"),
        ids=dict(sorted(frame["ids"].items())),
    )


def _to_date(doc: Doc, frame: DateFrame) -> Date:
    span = _to_span(doc, frame["span"])
    return Date(
        text=span.text,
        start=span.start,
        end=span.end,
        value=frame["value"],
        earliest=frame["earliest"],
        latest=frame["latest"],
        granularity=frame["granularity"],
        anchor=frame["anchor"],
        rule=frame["rule"],
        alternatives=[DateReading(**reading) for reading in frame["alternatives"]],
    )


def _to_agreement(doc: Doc, number: int, frame: AgreementFrame) -> Agreement:
    date: DateFrame | None = doc._.dates[frame["date"]] if frame["date"] is not None else None
    return Agreement(
        id=f"a{number}",
        kind=frame["kind"],
        status=frame["status"],
        triggers=_to_spans(doc, frame["triggers"]),
        parties=[
            Party(
                name=party["name"],
                type=party["type"],
                entity=f"e{party['entity'] + 1}" if party["entity"] is not None else None,
                role=party["role"],
                mentions=_to_spans(doc, party["mentions"]),
            )
            for party in frame["parties"]
        ],
        signatories=[
            Signatory(
                name=person["name"],
                role=person["role"],
                party=person["party"],
                mentions=_to_spans(doc, person["mentions"]),
            )
            for person in frame["signatories"]
        ],
        date=to_agreement_date(doc, date) if date else None,
        place=_to_normalised(doc, frame["place"]),
        topic=_to_normalised(doc, NormalFrame(span=frame["topic"], normal=None))
        if frame["topic"]
        else None,
        value=_to_normalised(doc, frame["value"]),
        duration=_to_normalised(doc, frame["duration"]),
        attribution=Attribution(**frame["attribution"]) if frame["attribution"] else None,
        evidence=_to_spans(doc, frame["evidence"]),
        confidence=round(frame["confidence"], 4),
        rules=frame["rules"],
    )


def to_agreement_date(doc: Doc, frame: DateFrame) -> AgreementDate:
    """Return what an agreement keeps of a date: of a part of a day, the day."""
    timed = frame["granularity"] == "time" and frame["earliest"] is not None
    return AgreementDate(
        value=frame["value"].partition("T")[0] if timed else frame["value"],
        earliest=frame["earliest"],
        latest=frame["latest"],
        granularity="day" if timed else frame["granularity"],
        mention=_to_span(doc, frame["span"]),
    )


def _to_normalised(doc: Doc, frame: NormalFrame | None) -> Normalised | None:
    if frame is None:
        return None
    span = _to_span(doc, frame["span"])
    return Normalised(start=span.start, end=span.end, text=span.text, normal=frame["normal"])


def _to_spans(doc: Doc, spans: Sequence[TokenSpan]) -> list[Span]:
    return [_to_span(doc, span) for span in spans]


def _to_span(doc: Doc, span: TokenSpan) -> Span:
    found = doc[span[0] : span[1]]
    text = found.text
    start = found.start_char + len(text) - len(text.lstrip())
    end = found.end_char - (len(text) - len(text.rstrip()))
    return Span(start=start, end=end, text=text.strip())
