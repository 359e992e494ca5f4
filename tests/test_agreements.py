"""Agreements: status cues and merging by hand, whole sentences through the shipped pipeline."""

import pytest
from docs import VOCAB, make_doc
from spacy.tokens import Doc

from extract.components.agreements.cues import find_cues
from extract.components.agreements.mention import Mention, Side
from extract.components.agreements.merging import group_mentions
from extract.components.frames import EntityFrame
from extract.pipeline import Extractor
from extract.rules import load_rules, read_rules

CUES = load_rules("statuses", VOCAB)

# text, trigger, the cues of its status, why
STATUS_CUES = [
    ("They signed a pact.", "pact", ["status.signed"], "active"),
    ("A pact was signed in Suva.", "pact", ["status.signed"], "passive"),
    ("They reached a deal.", "deal", ["status.agreed"], "reached"),
    ("The army violated the truce.", "truce", ["status.violated"], "broken"),
    ("They tore up the lease.", "lease", ["status.ended"], "two words of a verb"),
    ("They renewed the lease.", "lease", ["status.extended"], "renewed"),
    ("Talks on a treaty opened.", "treaty", ["status.negotiating"], "a noun before"),
    ("Treaty talks opened.", "Treaty", ["status.negotiating"], "a noun behind"),
    ("They vetoed the pact.", "pact", ["status.rejected"], "an irregular form"),
    ("They rejected the proposed pact.", "pact", ["status.rejected", "status.considered"], "two"),
    ("The pact lies on a table.", "pact", [], "nothing said"),
    ("They signed. A pact lies here.", "pact", [], "not over the end of a sentence"),
    ("In May the pact grew old.", "pact", [], "a month is no `may`"),
]


def make_mention(doc: Doc, head: int, *sides: int, **fields) -> Mention:
    """Return a one-word trigger in its sentence, with these entities as sides."""
    sentence = doc[head].sent
    given = {"kind": "agreement", "form": "noun", **fields}
    return Mention(
        start=head,
        end=head + 1,
        head=head,
        needs=1,
        rules=["test"],
        sentence=(sentence.start, sentence.end),
        sides=[Side(number, (head, head + 1), "with") for number in sides],
        **given,
    )


def word_at(doc: Doc, word: str) -> int:
    return next(token.i for token in doc if token.text == word)


@pytest.mark.parametrize(("text", "trigger", "expected", "why"), STATUS_CUES)
def test_cues(text, trigger, expected, why):
    doc = make_doc(text)
    mention = make_mention(doc, word_at(doc, trigger))
    find_cues(doc, [mention], CUES)
    assert mention.cues == expected, why
    assert not any(token._.is_trigger for token in doc), "the marks are taken off again"


def test_cues_are_those_of_the_own_trigger_in_the_order_of_the_file():
    doc = make_doc("They signed a pact but will not renew the lease.")
    pact, lease = (make_mention(doc, word_at(doc, word)) for word in ("pact", "lease"))
    find_cues(doc, [lease, pact], CUES)
    order = [rule.id for rule in read_rules("statuses")[0]]
    assert pact.cues == ["status.signed"]
    assert "status.ended" in lease.cues
    assert lease.cues == sorted(lease.cues, key=order.index)


# ---- merging. The sides: Peru, its ministry, Chile, a company, Fiji
NAMES = (
    ("Peru", "GPE", "PE"),
    ("Ministry of Ports of Peru", "ORG", "PE"),
    ("Chile", "GPE", "CL"),
    ("Zorvex", "ORG", None),
    ("Fiji", "GPE", "FJ"),
)
PERU, MINISTRY, CHILE, ZORVEX, FIJI = range(5)
NEAR, FAR, VERY_FAR = 20, 100, 400  # where the second trigger stands; the first is token 2
SIDES = "sides"

# first mention, second mention, where it stands, whether they are one, why
PAIRS = [
    ({SIDES: (PERU, CHILE)}, {SIDES: (PERU, CHILE)}, FAR, True, "the same sides"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (CHILE, MINISTRY)}, FAR, True, "a ministry is its state"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (PERU, FIJI)}, NEAR, False, "another party"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (MINISTRY, ZORVEX)}, NEAR, True, "the body is the other's"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (ZORVEX, FIJI)}, NEAR, False, "other parties"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (PERU,)}, NEAR, True, "one of them, near"),
    ({SIDES: (PERU, CHILE)}, {SIDES: (PERU,)}, FAR, False, "one of them, far"),
    (
        {SIDES: (PERU, CHILE), "kind": "treaty"},
        {SIDES: (PERU, CHILE), "kind": "contract"},
        NEAR,
        False,
        "a contract is no treaty",
    ),
    (
        {SIDES: (PERU, CHILE), "kind": "memorandum"},
        {SIDES: (PERU, CHILE), "kind": "agreement"},
        NEAR,
        True,
        "a vaguer word",
    ),
    (
        {SIDES: (PERU, CHILE), "kind": "treaty"},
        {SIDES: (PERU, CHILE), "kind": "partnership", "form": "verb"},
        NEAR,
        True,
        "a verb fits any kind",
    ),
    ({SIDES: (PERU, CHILE)}, {"anaphoric": True}, NEAR, True, "`the agreement`, near"),
    ({SIDES: (PERU, CHILE)}, {"anaphoric": True}, VERY_FAR, False, "`the agreement`, far"),
    ({SIDES: (PERU, CHILE)}, {}, NEAR, False, "`an agreement` of nobody"),
]


def entities() -> list[EntityFrame]:
    """Return them anew, since merging may give a body its country."""
    return [
        EntityFrame(type=label, name=name, mentions=[], country=country, ids={})
        for name, label, country in NAMES
    ]


@pytest.mark.parametrize(("first", "second", "place", "one", "why"), PAIRS)
def test_merging(first, second, place, one, why):
    doc = make_doc("word " * 5 + ". " + "word " * VERY_FAR)
    mentions = [
        make_mention(doc, head, *given.get(SIDES, ()), **{k: given[k] for k in given if k != SIDES})
        for head, given in ((2, first), (place, second))
    ]
    groups = group_mentions(doc, mentions, entities(), {})
    assert (len(groups) == 1) is one, why
    assert [mention for group in groups for mention in group] == mentions, "all kept, in order"


def test_names_keep_agreements_apart_or_together():
    doc = make_doc("word " * 200)
    first, other = (make_mention(doc, head, PERU, CHILE, form="name") for head in (2, 20))
    again = make_mention(doc, 150, FIJI, form="name")
    names = {2: "treaty of suva", 20: "treaty of lima", 150: "treaty of suva"}
    groups = group_mentions(doc, [first, other, again], entities(), names)
    assert groups == [[first, again], [other]]


def test_the_two_sides_go_on_with_the_agreement_just_told():
    doc = make_doc("A memorandum was signed. The two sides agreed so. They agreed again.")
    told = make_mention(doc, 1, ZORVEX, kind="memorandum")
    shared = make_mention(doc, 8, PERU, FIJI, form="verb", shared=True)
    assert group_mentions(doc, [told, shared], entities(), {}) == [[told, shared]]
    assert shared.sides == [], "the sides are those of the agreement told"


def test_what_only_continues_joins_the_sentence_before_or_tells_nothing():
    doc = make_doc("A memorandum was made. Vula signed for Fiji.")
    told = make_mention(doc, 1, PERU, CHILE, kind="memorandum")
    signing = make_mention(doc, 6, FIJI, form="verb", continues=True)
    assert group_mentions(doc, [told, signing], entities(), {}) == [[told, signing]]
    assert group_mentions(doc, [signing], entities(), {}) == []


def test_a_subhead_goes_on_with_its_headline():
    doc = make_doc("Pact in Suva\nMemorandum at last")
    doc.spans["headline"], doc.spans["subhead"] = [doc[0:3]], [doc[4:7]]
    pact = make_mention(doc, 0, PERU, CHILE)
    memorandum = make_mention(doc, 4, kind="memorandum")
    assert group_mentions(doc, [pact, memorandum], entities(), {}) == [[pact, memorandum]]


# ---- through the pipeline
# A text; below it kind, status and parties, and what else is plain.
PUBLISHED = "2025-07-03"  # a Thursday, where the table says no other day
AGREEMENTS = """\
Peru and Chile signed a fisheries agreement in Lima on Tuesday.
    agreement, signed: Chile + Peru; date 2025-07-01
The governments of Kenya and Uganda signed a memorandum of understanding on cross-border roads.
    memorandum, signed: Kenya + Uganda; topic cross-border roads
Japan and Vietnam on Monday signed a treaty on the protection of coral reefs.
    treaty, signed: Japan + Vietnam; date 2025-06-30; topic the protection of coral reefs
Canada and Mexico are negotiating a new extradition treaty.
    treaty, negotiating: Canada + Mexico
India and Nepal will sign a power trade agreement next month.
    agreement, planned: India + Nepal; date 2025-08
Egypt and Sudan are expected to sign a water-sharing accord in Cairo on Friday.
    agreement, planned: Egypt + Sudan
Poland withdrew from its border agreement with Belarus.
    agreement, ended: Belarus + Poland
Indonesia and Australia agreed to cooperate on maritime security.
    partnership, agreed: Australia + Indonesia; topic maritime security
The World Bank signed a loan agreement with Malawi worth $90 million.
    loan, signed: Malawi + World Bank
Ghana and Togo reached an agreement on their maritime border on 12 March 2018.
    agreement, agreed: Ghana + Togo; published 2018-03-14; date 2018-03-12
Fiji and Tonga issued a joint declaration on sea turtles.
    declaration, agreed: Fiji + Tonga
South Korea signed a deal with Norway to buy frozen mackerel.
    agreement, signed: Norway + South Korea
Colombia and Panama signed an extradition treaty in 1997.
    treaty, signed: Colombia + Panama; published 1998-02-02; date 1997
Thailand has terminated its lease contract with the airline Siamara.
    contract, ended: Siamara + Thailand
Spain and Morocco signed a memorandum of cooperation on solar power in Rabat.
    memorandum, signed: Morocco + Spain; place Rabat
Ethiopia and Eritrea signed a peace agreement on 9 July 2018.
    ceasefire, signed: Eritrea + Ethiopia; published 2018-07-10; date 2018-07-09
Germany and Namibia have agreed on a joint statement.
    declaration, agreed: Germany + Namibia
Zambia and Angola formed a strategic partnership on copper.
    partnership, agreed: Angola + Zambia; topic copper
The Philippines called for a fisheries pact with Malaysia.
    agreement, considered: Malaysia + Philippines
Iceland may sign a free trade agreement with Taiwan.
    agreement, considered: Iceland + Taiwan
A contract between Orbitalis and Kazakhstan was signed on 3 June 2021.
    contract, signed: Kazakhstan + Orbitalis; published 2021-06-04; date 2021-06-03
Bangladesh and Myanmar signed a repatriation agreement in November 2017.
    agreement, signed: Bangladesh + Myanmar; published 2017-12-01; date 2017-11
France and Algeria signed a contract worth 40 million euros.
    contract, signed: Algeria + France
The Serbian government and Kosovo reached a deal on licence plates.
    agreement, agreed: Kosovo + Serbian
Qatar and Oman announced a partnership on desalination.
    partnership, agreed: Oman + Qatar
Kuwait and Iraq ratified a fishing treaty.
    treaty, in_force: Iraq + Kuwait
Portugal and Cape Verde are considering a joint venture on wind farms.
    partnership, considered: Cape Verde + Portugal
Laos signed a memorandum of understanding with Cambodia. The two agreed to build a bridge.
    memorandum, signed: Cambodia + Laos
Uruguay suspended a beef agreement with China.
    agreement, ended: China + Uruguay
Botswana and Zimbabwe signed two agreements on rail transport.
    agreement, signed: Botswana + Zimbabwe
Hungary and Slovakia settled their dispute over the dam.
    settlement, agreed: Hungary + Slovakia
Lithuania and Latvia concluded an agreement on power lines on 5 May 2015.
    agreement, signed: Latvia + Lithuania; published 2015-05-06; date 2015-05-05
Foreign Minister Ana Vula of Fiji and Foreign Minister Tom Berg of Norway signed an accord.
    agreement, signed: Fiji + Norway
A trade agreement was signed between Croatia and Tunisia.
    agreement, signed: Croatia + Tunisia
Mongolia will soon sign a mining contract with Tarnholt Mining.
    contract, planned: Mongolia + Tarnholt Mining
Italy proposed a migration pact with Libya.
    agreement, considered: Italy + Libya
Sweden and Denmark announced a ceasefire.
    ceasefire, agreed: Denmark + Sweden
Guatemala and Belize signed an agreement on river patrols yesterday.
    agreement, signed: Belize + Guatemala; published 2001-09-10; date 2001-09-09
Israel and Jordan signed a water agreement in June 1995.
    agreement, signed: Israel + Jordan; published 1995-07-01; date 1995-06
Mauritius and Seychelles will sign a joint declaration in March 2026.
    declaration, planned: Mauritius + Seychelles; date 2026-03
Paraguay signed a loan agreement with Japan.
    loan, signed: Japan + Paraguay
Tanzania and Mozambique discussed a possible agreement on gas pipelines.
    agreement, considered: Mozambique + Tanzania
Negotiations on a free trade agreement between Vietnam and Chile began in Hanoi.
    agreement, negotiating: Chile + Vietnam
Austria and Slovenia signed an agreement to build a rail tunnel.
    agreement, signed: Austria + Slovenia; topic build a rail tunnel
The agreement between Honduras and El Salvador was signed in May 2006.
    agreement, signed: El Salvador + Honduras; published 2006-06-01; date 2006-05
Belgium and Luxembourg want to sign a defence pact.
    agreement, considered: Belgium + Luxembourg
"""

# texts that tell of no agreement
DECOYS = [
    "Experts agreed that prices would rise.",
    "The minister agreed that Peru needs new roads.",
    "The contract killer was arrested in Naples.",
    "Two tourists from Norway contracted malaria in Kenya.",
    "The project takes a good deal of patience, the mayor of Lima said.",
    "The president of Ghana signed the bill into law.",
    "A court order stopped the sale in Brazil.",
    "The United Nations adopted a resolution on Haiti.",
    "The economy of Japan contracted by 2 percent.",
    "The convention centre in Geneva was full.",
    "The ministers of Peru and Chile met in Lima.",
    "The United States imposed sanctions on Iran.",
    "Police in Kenya opened an inquiry after the vote.",
    "The social contract is broken, the Chilean writer said.",
    "France condemned the expansion of Israeli settlements.",
    "The Kenyan government has dealt with the drought.",
    "I agree with the senator from Ohio.",
    "The opposition alliance boycotted the vote in Zambia.",
    "Voters in Iceland elected a new parliament.",
    "In order to save water, Spain closed its fountains.",
    "The delay is no big deal, said the Danish coach.",
    "Safety protocols were tightened at airports in India.",
    "Hackers compromised the network of the Estonian parliament.",
    "The Dutch team dealt Italy a blow.",
    "The king of Tonga visited Fiji in May.",
    "The German chancellor made a statement on the flood.",
    "Ministers need to deal with the floods in Pakistan.",
    "The nurse received the Order of Merit from Poland.",
]


def read_table(table: str) -> list[tuple[str, str, str, list[str], dict[str, str]]]:
    """Return (text, kind, status, parties, what else is said) for each entry of the table."""
    lines = table.splitlines()
    entries = []
    for text, said in zip(lines[::2], lines[1::2], strict=True):
        main, *others = said.strip().split("; ")
        stage, parties = main.split(": ")
        kind, status = stage.split(", ")
        details = dict(other.split(" ", 1) for other in others)
        entries.append((text, kind, status, parties.split(" + "), details))
    return entries


@pytest.mark.model
@pytest.mark.parametrize(("text", "kind", "status", "parties", "details"), read_table(AGREEMENTS))
def test_agreement(extractor: Extractor, text, kind, status, parties, details):
    published = details.get("published", PUBLISHED)
    (found,) = extractor(text, published=published).agreements
    assert (found.kind, found.status) == (kind, status)
    assert sorted(party.name for party in found.parties) == parties
    known = {
        "published": published,
        "date": found.date and found.date.value,
        "topic": found.topic and found.topic.text,
        "place": found.place and found.place.text,
    }
    assert {name: known[name] for name in details} == details


@pytest.mark.model
@pytest.mark.parametrize("text", DECOYS)
def test_no_agreement(extractor: Extractor, text: str) -> None:
    assert extractor(text, published=PUBLISHED).agreements == []


@pytest.mark.model
def test_two_agreements_of_one_text_stay_apart(extractor: Extractor) -> None:
    found = extractor(
        "Kenya and Uganda signed a fisheries agreement. "
        "Norway and Sweden signed an extradition treaty."
    ).agreements
    assert [sorted(party.name for party in agreement.parties) for agreement in found] == [
        ["Kenya", "Uganda"],
        ["Norway", "Sweden"],
    ]


@pytest.mark.model
def test_without_a_publication_date_a_weekday_is_no_date(extractor: Extractor) -> None:
    (found,) = extractor("Peru and Chile signed a treaty on Tuesday.").agreements
    assert found.date is None or found.date.earliest is None


@pytest.mark.model
def test_what_a_signed_treaty_covers_does_not_put_it_in_force(extractor: Extractor) -> None:
    text = "Switzerland and Singapore signed a tax treaty. The agreement covers pensions."
    (found,) = extractor(text, published=PUBLISHED).agreements
    assert (found.kind, found.status) == ("treaty", "signed")


# text, status and date, published on Thursday, 3 July 2025: the date is that of the status
DATES = [
    ("Ghana and Togo signed a trade pact in Accra on Tuesday.", "signed", "2025-07-01"),
    ("A trade pact between Ghana and Togo will be signed next month.", "planned", "2025-08"),
    (
        "Ghana and Togo will sign a trade pact on Friday, aides said on Monday.",
        "planned",
        "2025-07-04",
    ),
    (
        "Iran and the European Union on Tuesday discussed the nuclear agreement, reached in 2015.",
        "agreed",
        "2015",
    ),
    (
        "The agreement, to be signed next month by Peru and Chile, was announced on Tuesday.",
        "planned",
        "2025-08",
    ),
    (
        "The fisheries agreement between Morocco and Spain expires on 3 May 2026.",
        "ended",
        "2026-05-03",
    ),
    (
        "A minister said on Tuesday that Kenya and Uganda had signed a pact last week.",
        "signed",
        "2025-W26",
    ),
    (
        "The free trade agreement between Ghana and Togo entered into force on 1 January 2024.",
        "in_force",
        "2024-01-01",
    ),
    ("India and Nepal have been negotiating a power deal since March.", "negotiating", "2025-03"),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "status", "date"), DATES)
def test_the_date_is_that_of_the_status(
    extractor: Extractor, text: str, status: str, date: str
) -> None:
    [agreement] = extractor(text, published="2025-07-03").agreements
    assert agreement.date is not None
    assert (agreement.status, agreement.date.value) == (status, date)


@pytest.mark.model
def test_no_day_to_come_dates_a_signing(extractor: Extractor) -> None:
    text = "Peru and Chile agreed on Friday to sign a power deal in September."
    [agreement] = extractor(text, published="2025-07-03").agreements
    assert agreement.date is not None and agreement.date.value == "2025-06-27"
