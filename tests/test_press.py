from dataclasses import fields

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.article import Article, make_article
from extract.press import DateOrder, Layout, apply_layout, find_layout
from extract.press.blocks import split_blocks
from extract.press.lexicon import SECTIONS, LineRule, line_rules
from extract.press.orders import Order

NLP = spacy.blank("en")
STORY = "The two governments signed the accord on Monday. It enters into force in May."


def read(
    text: str,
    *,
    date_order: DateOrder = "auto",
    title: str | None = None,
    published: str | None = None,
) -> tuple[Layout, str]:
    article = make_article(text, source="test", title=title, published=published)
    return find_layout(article, date_order=date_order), article.text


def part(layout: Layout, text: str, name: str) -> str | None:
    span = getattr(layout, name)
    return None if span is None else text[slice(*span)]


RULES = [rule for section in SECTIONS for rule in line_rules(section)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_examples(rule: LineRule) -> None:
    assert rule.match and rule.no_match
    assert [line for line in rule.match if not rule.find(line)] == []
    assert [line for line in rule.no_match if rule.find(line)] == []


# the line below the headline, the expected day, the expected origin, why
PUBLISHED = [
    (
        "03.07.25 12:00",
        "2025-07-03",
        "03.07.25 in the text, read day first: written with dots",
        "",
    ),
    ("3.7.2025", "2025-07-03", "3.7.2025 in the text, read day first: written with dots", ""),
    ("Jul 3, 2025", "2025-07-03", "Jul 3, 2025 in the text", "short month"),
    ("3 July 2025", "2025-07-03", "3 July 2025 in the text", "day before month"),
    ("July 3rd, 2025", "2025-07-03", "July 3rd, 2025 in the text", "ordinal"),
    ("Thursday, 3rd of July 2025", "2025-07-03", "3rd of July 2025 in the text", "weekday"),
    ("2025-07-03", "2025-07-03", "2025-07-03 in the text", "ISO"),
    (
        "2025-07-03T23:30:00+02:00",
        "2025-07-03",
        "2025-07-03 in the text",
        "local day as written",
    ),
    ("Thu, 03 Jul 2025 12:00:00 GMT", "2025-07-03", "03 Jul 2025 in the text", "RFC 822"),
    ("2025/07/03", "2025-07-03", "2025/07/03 in the text", "year first"),
    ("20250703", "2025-07-03", "20250703 in the text", "compact"),
    ("Published: 3 July 2025", "2025-07-03", "3 July 2025 in the text", "label"),
    ("Posted on July 3, 2025 at 4:05 pm", "2025-07-03", "July 3, 2025 in the text", "label"),
    ("Updated: 4 July 2025", "2025-07-04", "4 July 2025 in the text", "only an update"),
    ("Updated: 4 July 2025\nPublished: 3 July 2025", "2025-07-03", None, "label decides"),
    ("World | Jul 3, 2025 | By Jane Doe", "2025-07-03", None, "a row of a page"),
    ("10:15 GMT, 3 July 2025", "2025-07-03", None, "time first"),
    ("13/07/2025", "2025-07-13", "13/07/2025 in the text, read day first: the only reading", ""),
    (
        "07/13/2025",
        "2025-07-13",
        "07/13/2025 in the text, read month first: the only reading",
        "",
    ),
    ("07/07/2025", "2025-07-07", "07/07/2025 in the text", "both readings are one"),
    ("03.07.68", "2068-07-03", None, "two digits up to 68"),
    ("03.07.69", "1969-07-03", None, "two digits from 69"),
    ("Xinhua | Updated: 2025-07-03 10:45:33", "2025-07-03", None, "agency before the label"),
    ("Published on 3 Jul. 2025 by Jane Roe", "2025-07-03", "3 Jul. 2025 in the text", "author"),
    ("Jane Roe, Jul 3 2025, 8:30pm", "2025-07-03", None, "author first"),
    ("(Last updated: 3 July 2025)", "2025-07-03", None, "brackets"),
    ("July 3, 2025 / 3:04 PM / Updated 2 days ago", "2025-07-03", None, "slashes"),
    ("31/06/2025", None, None, "no such day"),
    ("3 July 2999", None, None, "no such year"),
    ("July 2025", None, None, "no day"),
    ("3 July", None, None, "no year"),
]


@pytest.mark.parametrize(("line", "day", "origin", "why"), PUBLISHED)
def test_published_above_the_story(
    line: str, day: str | None, origin: str | None, why: str
) -> None:
    layout, _ = read(f"Ghana and Togo sign power accord\n{line}\n\n{STORY}")
    found = layout.published
    assert (found.value if found else None) == day, why
    assert origin is None or (found is not None and found.origin == origin), why


@pytest.mark.parametrize(
    "line", ["Xinhua | Updated: 2025-07-03 10:45:33", "3 Jul, 12:15", "12:15 GMT, 3 July"]
)
def test_a_date_line_above_the_headline_is_no_headline(line: str) -> None:
    layout, text = read(f"{line}\nGhana and Togo sign power accord\n{STORY}")
    assert part(layout, text, "published_span") == line
    assert part(layout, text, "headline") == "Ghana and Togo sign power accord"
    assert (layout.published is None) is ("2025" not in line)


def test_published_in_brackets_before_the_headline() -> None:
    layout, text = read(f"[Jul 3, 2025] Ghana and Togo sign accord\n\n{STORY}")
    assert layout.published and layout.published.origin == "Jul 3, 2025 in the headline"
    assert part(layout, text, "headline") == "[Jul 3, 2025] Ghana and Togo sign accord"


def test_published_in_the_headline_is_the_last_resort() -> None:
    layout, _ = read(f"Statement on the accord, 3 July 2025\n\n{STORY}")
    dated, _ = read(f"Statement on the accord, 3 July 2025\n\n{STORY}\n\n4 July 2025")
    assert layout.published and layout.published.origin == "3 July 2025 in the headline"
    assert dated.published and dated.published.value == "2025-07-04"


# metadata, day, code of the notice
METADATA = [
    ("2025-07-03", "2025-07-03", None),
    ("2025-07-03T23:30:00+02:00", "2025-07-03", None),
    ("20250703T120000Z", "2025-07-03", None),
    ("Thu, 03 Jul 2025 12:00:00 GMT", "2025-07-03", None),
    ("Published on July 3, 2025 at noon", "2025-07-03", None),
    ("03/07/2025", "2025-07-03", "ambiguous_date"),
    ("2025-13-45", None, "bad_published"),
    ("2025-13-04", None, "bad_published"),
    ("0003-01-02", None, "bad_published"),
    ("2999-01-01", None, "bad_published"),
    ("2025-07", None, "bad_published"),
    ("2025", None, "bad_published"),
    ("July 2025", None, "bad_published"),
    ("1751500800", "2025-07-03", None),
    ("1751587199999", "2025-07-03", None),
    ("2025070312", None, "bad_published"),
    ("0000000000", None, "bad_published"),
    ("9999999999", None, "bad_published"),
    ("yesterday", None, "bad_published"),
    ("   ", None, None),
]


@pytest.mark.parametrize(("given_", "day", "code"), METADATA)
def test_published_beside_the_text(given_: str, day: str | None, code: str | None) -> None:
    layout, _ = read(STORY, published=given_)
    assert (layout.published.value if layout.published else None) == day
    assert [notice.code for notice in layout.notices] == ([code] if code else [])


def test_the_origin_of_a_time_since_1970_says_how_it_was_read() -> None:
    layout, _ = read(STORY, published="1751500800")
    assert layout.published
    assert layout.published.origin == "metadata, 1751500800 read as seconds since 1970, day in UTC"


def test_metadata_outranks_the_text_which_stands_in_for_bad_metadata() -> None:
    text = f"03.07.25\nGhana and Togo sign power accord\n{STORY}"
    good, _ = read(text, published="2025-07-04")
    bad, _ = read(text, published="2025-99-99")
    assert good.published and (good.published.value, good.published.origin) == (
        "2025-07-04",
        "metadata",
    )
    assert good.published_span == (0, 8)
    assert bad.published and bad.published.value == "2025-07-03"
    assert [notice.code for notice in bad.notices] == ["bad_published"]


# text, asked order, day, resolved order, end of the origin, why
ORDERS: list[tuple[str, DateOrder, str, str, str, str]] = [
    ("03/07/25", "auto", "2025-07-03", "auto", "read day first: nothing decides", "ambiguous"),
    ("03/07/25", "mdy", "2025-03-07", "mdy", "read month first: as asked", "asked"),
    ("03.07.25", "mdy", "2025-03-07", "mdy", "read month first: as asked", "asked against dots"),
    ("13/07/25", "mdy", "2025-07-13", "mdy", "read day first: the only reading", "impossible"),
    ("03.07.25", "auto", "2025-07-03", "dmy", "read day first: written with dots", "dots"),
    ("03/07/2025 and 25/12/2024", "auto", "2025-07-03", "dmy", "another date of the document", ""),
    ("03/07/2025 and 12/25/2024", "auto", "2025-03-07", "mdy", "another date of the document", ""),
    ("03/07/2025 and 12/25/2024, 25/12/2024", "auto", "2025-07-03", "auto", "nothing decides", ""),
]


@pytest.mark.parametrize("row", ORDERS, ids=lambda row: f"{row[0]}, {row[1]}")
def test_day_or_month_first(row: tuple[str, DateOrder, str, str, str, str]) -> None:
    dates, asked, day, order, how, why = row
    first, _, others = dates.partition(" and ")
    text = f"Ghana and Togo sign accord\n{first}\n\n{STORY}\n\nIt replaces texts of {others}."
    layout, _ = read(text, date_order=asked)
    assert layout.published
    assert (layout.published.value, layout.date_order.value) == (day, order), why
    assert layout.published.origin.endswith(how), why
    codes = [notice.code for notice in layout.notices]
    assert codes == (["ambiguous_date"] if "nothing" in how else []), why


# dateline, address, order, reason
TOLD_BY_PLACE = [
    ("WASHINGTON", None, "mdy", "filed in WASHINGTON"),
    ("MANILA", None, "mdy", "filed in MANILA"),
    ("NAIROBI", None, "dmy", "filed in NAIROBI"),
    ("GENEVA", None, "dmy", "filed in GENEVA"),
    ("OTTAWA", "https://news.example.gov/1", "mdy", "on news.example.gov"),
    ("SPRINGFIELD", "https://paper.example.co.uk/1", "dmy", "on paper.example.co.uk"),
    ("SPRINGFIELD", "https://paper.example.com/1", "auto", ""),
    ("SPRINGFIELD", "https://paper.example.ca/1", "auto", ""),
    ("SPRINGFIELD", "https://[bad", "auto", ""),
    ("NAIROBI", "https://news.example.gov/1", "dmy", "filed in NAIROBI"),
]


@pytest.mark.parametrize(("place", "url", "order", "reason"), TOLD_BY_PLACE)
def test_the_place_of_a_story_tells_the_order(
    place: str, url: str | None, order: str, reason: str
) -> None:
    article = make_article(f"{place} (AP) — {STORY}", source="test", url=url)
    assert find_layout(article).date_order == Order(order, reason)


def test_the_order_of_a_dateline_reads_the_day_of_publication() -> None:
    layout, _ = read(f"WASHINGTON (AP) — {STORY}", published="03/07/2025")
    assert layout.published and layout.published.value == "2025-03-07"
    assert layout.date_order.value == "mdy"


def test_the_anchor_is_the_dateline_that_gave_the_day() -> None:
    texts = [f"LIMA, 3 July 2025 (AP) — {STORY}", f"3 July 2025\n\n{STORY}"]
    docs = [NLP.make_doc(text) for text in texts]
    for doc, text in zip(docs, texts, strict=True):
        apply_layout(doc, read(text)[0])
    assert [doc._.anchor for doc in docs] == ["dateline", "publication date"]


def test_the_place_of_a_dateline_tells_the_order_of_its_own_date() -> None:
    layout, _ = read(f"NEW YORK, 03/07/25 - {STORY}")
    assert layout.published and layout.published.value == "2025-03-07"
    assert layout.date_order == Order("mdy", "filed in NEW YORK")


def test_the_day_of_publication_tells_the_order() -> None:
    layout, _ = read(STORY, published="25/07/2025")
    assert layout.date_order == Order("dmy", "as the date of publication")


def test_dates_in_prose_are_no_publication_dates() -> None:
    text = f"Ghana signs accord\n\nOn 3 July 2025, {STORY}\n\n3 July 2025 was a Thursday."
    letter = f"{STORY}\n\nThe letter reads:\n\n3 July 2025\n\nDear Minister,\n\n{STORY}"
    assert read(text)[0].published is None
    assert read(letter)[0].published is None


def test_published_on_the_last_line() -> None:
    for tail in ("24 August 2014", "24 August 2014\n\nPhoto:\niStock\nBack"):
        layout, text = read(f"Ghana signs accord\n\n{STORY}\n\n{tail}")
        assert layout.published and layout.published.value == "2014-08-24"
        assert part(layout, text, "published_span") == "24 August 2014"


# opening of the story, dateline, place, agency, publication day
DATELINES = [
    ("KYIV, June 3 (Agency) - ", "KYIV, June 3 (Agency)", "KYIV", "Agency", None),
    ("WASHINGTON (AP) — ", "WASHINGTON (AP)", "WASHINGTON", "AP", None),
    (
        "NAIROBI, Kenya, 12 March (Xinhua) -- ",
        "NAIROBI, Kenya, 12 March (Xinhua)",
        "NAIROBI, Kenya",
        "Xinhua",
        None,
    ),
    (
        "LONDON/PARIS, Sept 4 (Reuters) - ",
        "LONDON/PARIS, Sept 4 (Reuters)",
        "LONDON/PARIS",
        "Reuters",
        None,
    ),
    ("Brussels, 5 May 2021 – ", "Brussels, 5 May 2021", "Brussels", None, "2021-05-05"),
    ("KYIV, June 3, 2025 (AFP) - ", "KYIV, June 3, 2025 (AFP)", "KYIV", "AFP", "2025-06-03"),
    ("(Reuters) - ", "(Reuters)", None, "Reuters", None),
    ("MOSCOW, July 3. /TASS/. ", "MOSCOW, July 3. /TASS/", "MOSCOW", "TASS", None),
    ("Addis Ababa, 3 July 2025: ", "Addis Ababa, 3 July 2025", "Addis Ababa", None, "2025-07-03"),
    ("WASHINGTON, D.C. – ", "WASHINGTON, D.C.", "WASHINGTON, D.C.", None, None),
    ("RIO DE JANEIRO -- ", "RIO DE JANEIRO", "RIO DE JANEIRO", None, None),
    ("Riga, 5 August. ", "Riga, 5 August", "Riga", None, None),
    ("APIA, March 30, 2015. ", "APIA, March 30, 2015", "APIA", None, "2015-03-30"),
    ("ASUNCION (PressDesk): ", "ASUNCION (PressDesk)", "ASUNCION", "PressDesk", None),
    ("NAIROBI: ", "NAIROBI", "NAIROBI", None, None),
    (
        "(Nairobi, November 12, 2024) ",
        "(Nairobi, November 12, 2024)",
        "Nairobi",
        None,
        "2024-11-12",
    ),
    (
        "DENVER and LONDON, Nov. 18, 2024 (GLOBE NEWSWIRE) -- ",
        "DENVER and LONDON, Nov. 18, 2024 (GLOBE NEWSWIRE)",
        "DENVER and LONDON",
        "GLOBE NEWSWIRE",
        "2024-11-18",
    ),
    (
        "LAGOS, Nigeria, and LOME, Togo, November 18, 2024 /PressLine/ -- ",
        "LAGOS, Nigeria, and LOME, Togo, November 18, 2024 /PressLine/",
        "LAGOS, Nigeria, and LOME, Togo",
        "PressLine",
        "2024-11-18",
    ),
    ("SPEAKERS: ", None, None, None, None),
    ("QUESTION: ", None, None, None, None),
    ("BREAKING – ", None, None, None, None),
    ("NATO – ", None, None, None, None),
    ("On June 3 (Tuesday) - ", None, None, None, None),
    ("The Fund (IMF) - ", None, None, None, None),
]


@pytest.mark.parametrize("row", DATELINES, ids=lambda row: row[0])
@pytest.mark.parametrize("above", ["", "Ghana and Togo sign accord\n\n"])
def test_datelines(above: str, row: tuple[str | None, ...]) -> None:
    opening, dateline, place, agency, day = row
    layout, text = read(f"{above}{opening}{STORY}")
    assert part(layout, text, "dateline") == dateline
    assert (layout.place, layout.agency) == (place, agency)
    assert (layout.published.value if layout.published else None) == day
    assert (text.index(STORY) in layout.breaks) is (dateline is not None)
    assert (part(layout, text, "headline") is None) is (above == "")


def test_a_speaker_or_a_topic_before_a_colon_is_no_place() -> None:
    transcript, _ = read(f"Talks on power\n\nROE: {STORY}\n\nDOE: {STORY}")
    headline, text = read(f"GHANA: Parliament approves power accord\n\n{STORY}")
    assert transcript.dateline is None and headline.dateline is None
    assert part(headline, text, "headline") == "GHANA: Parliament approves power accord"


@pytest.mark.parametrize("line", ["Canberra, 12 June 2014", "12 June 2014, Canberra"])
def test_dateline_on_its_own_line(line: str) -> None:
    for text in (f"Talks open\n\n{line}\n\n{STORY}", f"Talks open\n\n{STORY}\n\n{line}"):
        layout, _ = read(text)
        assert part(layout, text, "dateline") == line
        assert layout.published and layout.published.value == "2014-06-12"


# line below the headline, whether it is a byline
BYLINES = [
    ("By Jane Doe", True),
    ("By JANE DOE and John Roe, Staff Writer", True),
    ("Jane Doe, Reuters correspondent", True),
    ("Jane Q. Doe, Minister of Trade", True),
    ("Office of the Spokesperson", True),
    ("The Associated Press", True),
    ("By Friday both sides must answer", False),
    ("Minister of trade resigns after talks", False),
]


@pytest.mark.parametrize(("line", "is_byline"), BYLINES)
def test_bylines(line: str, is_byline: bool) -> None:
    layout, text = read(f"Ghana and Togo sign accord\n{line}\n\n{STORY}")
    assert part(layout, text, "byline") == (line if is_byline else None)
    assert part(layout, text, "headline") == "Ghana and Togo sign accord"


# text, headline, subhead, why
HEADLINES = [
    (f"Ghana signs accord\n{STORY}", "Ghana signs accord", None, "no blank line"),
    (f"GHANA SIGNS ACCORD\n\n{STORY}", "GHANA SIGNS ACCORD", None, "capitals"),
    (f"Ghana Signs Accord\n\nTogo is next in line\n\n{STORY}", "Ghana Signs Accord",
     "Togo is next in line", "subhead after a blank line"),
    (f"] \n\nGhana signs accord\n\n{STORY}", "Ghana signs accord", None, "debris of mark-up"),
    (f"FOR IMMEDIATE RELEASE\nContact: Jane Doe, press@example.org\n\nGhana signs accord\n{STORY}",
     "Ghana signs accord", None, "top lines of a release"),
    (f"\ufeff\r\n\r\n\tGhana signs accord\u00a0\r\n\r\n{STORY}", "Ghana signs accord", None,
     "byte order mark, tabs, no-break spaces"),
    (f"Ghana, Togo and Benin sign long-awaited accord on power lines across the\ncoast\n\n{STORY}",
     "Ghana, Togo and Benin sign long-awaited accord on power lines across the\ncoast", None,
     "wrapped headline"),
    (f"COURT RULES FOR WORKERS IN ACCRA, GHANA, INC.\n\n{STORY}",
     "COURT RULES FOR WORKERS IN ACCRA, GHANA, INC.", None, "capitals before a full stop"),
    ("Ghana signs accord", None, None, "one line is a text"),
    (STORY, None, None, "prose"),
    (f"{STORY}\n\n{STORY}", None, None, "prose twice"),
    (f"{'Ghana and Togo and many others ' * 12}met\n\n{STORY}", None, None, "too long"),
    (f"The minister said this:\n\n{STORY}", None, None, "an opening of a list or quotation"),
    ("The ministers of Ghana and Togo met in the old harbour town and said\n"
     "that the accord on power lines would be signed by the end of the year\n"
     "in Lome. They thanked the mediators for the patience of many months.", None, None,
     "hard-wrapped prose"),
    ("The ministers of Ghana and Togo met in the old harbour town with\n\n"
     "President Doe and the mediators who had brought the sides together\n\n"
     "again after many months of silence.", None, None, "wrapped with blank lines"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "headline", "subhead", "why"), HEADLINES)
def test_headlines(text: str, headline: str | None, subhead: str | None, why: str) -> None:
    layout, text = read(text)
    assert part(layout, text, "headline") == headline, why
    assert part(layout, text, "subhead") == subhead, why


# lines above the headline of a page
SECTIONS_ABOVE = [["Home > World > Africa"], ["WORLD NEWS"], ["AFRICA"], ["WORLD", "POWER NEWS"]]


@pytest.mark.parametrize("lines", SECTIONS_ABOVE, ids=" ".join)
def test_the_section_of_a_page_is_no_headline(lines: list[str]) -> None:
    layout, text = read("\n".join([*lines, "Ghana and Togo sign accord", STORY]))
    assert part(layout, text, "headline") == "Ghana and Togo sign accord"
    assert [text[start:end] for start, end in layout.boilerplate] == lines
    alone, text = read(f"POWER ACCORD\n\n{STORY}")
    assert part(alone, text, "headline") == "POWER ACCORD"
    prose = "The two governments have at last signed an accord on power that took a year of talks"
    wrapped, text = read(f"POWER ACCORD\n\n{prose}\n\nacross the border. {STORY}")
    assert part(wrapped, text, "headline") == "POWER ACCORD"
    given, text = read(f"POWER ACCORD\nGhana and Togo sign at last\n{STORY}", title="POWER ACCORD")
    assert part(given, text, "headline") == "POWER ACCORD"


# title beside the text, text, headline
TITLES = [
    ("Accord", STORY, "Accord"),
    ("Ghana Signs Accord.", f"03.07.25\nGhana Signs Accord.\n{STORY}", "Ghana Signs Accord."),
    ("Ghana and Togo Sign", f"Ghana and Togo Sign {STORY}", "Ghana and Togo Sign"),
    ("Death of a soldier", "of Today we mourn him.", "Death of a soldier"),
]


@pytest.mark.parametrize(("title", "text", "headline"), TITLES)
def test_title_beside_the_text(title: str, text: str, headline: str) -> None:
    layout, whole = read(text, title=title)
    assert part(layout, whole, "headline") == headline
    assert layout.headline and min(layout.breaks) >= layout.headline[0]


# lines below the story, how many of them, from the end, are boilerplate
ENDS = [
    (["Photo:", "iStock", "Back"], 3),
    (["Share", "Share on Facebook", "Tweet", "Print", "Read more", "Related articles"], 6),
    (["© 2025 Example News", "All rights reserved"], 2),
    (["###"], 1),
    (["- ends -"], 1),
    (["ENDS", "-30-"], 2),
    (["Editor's note: this story was changed to add a name."], 1),
    (["(Reporting by Jane Doe; Editing by John Roe)"], 1),
    (["Contact:", "Jane Doe", "Press Officer", "+44 20 7946 0000", "press@example.org"], 5),
    (["Subscribe to our newsletter", "Follow us on Telegram", "Source: Ministry of Energy"], 3),
    (["Enditem"], 1),
    (["Share", "Comments (12)", "Tags: power, trade", "Most viewed", "Togo opens dam"], 5),
    (["Read more: Togo opens dam", "The Associated Press"], 2),
    (["SOURCE Norwave ASA"], 1),
    (["For additional information: Jane Doe, press@example.org"], 1),
    (["((press@example.org; +233 20 555 000))"], 1),
    (["About Norwave", "Norwave ASA builds ships in Norway. It employs 500.", "It is old."], 3),
    (["About Norwave", "Norwave ASA builds ships in Norway.", "SOURCE Norwave ASA"], 3),
    (["About Norwave", "The ministers spoke of ships."], 0),
    (["Share prices fell on Monday.", "Back in Geneva, the talks went on."], 0),
    (["Print media face cuts, the union said.", "Read more books, the minister said."], 0),
    (["Jane Doe", "Back"], 1),
    (["Sources say the accord of 350 million was signed."], 0),
    (["People can call a helpline on 0845 555 0100 if they fear for relatives."], 0),
]


@pytest.mark.parametrize(("lines", "count"), ENDS)
@pytest.mark.parametrize("newline", ["\n", "\n\n", "\r\n"])
def test_boilerplate_at_the_end(lines: list[str], count: int, newline: str) -> None:
    layout, text = read(newline.join([STORY, STORY, *lines]))
    marked = [text[start:end] for start, end in layout.boilerplate]
    assert marked == (lines[-count:] if count else [])


def test_boilerplate_in_the_middle_is_unmistakable() -> None:
    page = ["Advertisement", "Photo: Jane Doe/Reuters"]
    story = ["Back", "Contact: the two sides met in secret for a year."]
    layout, text = read("\n\n".join([STORY, *page, STORY, *story, STORY]))
    assert [text[start:end] for start, end in layout.boilerplate] == page


# two lines, whether the second starts a sentence: True surely, False surely not, None unsure
JOINTS = [
    ("Ghana signs accord", "The text is short.", True),
    ("It covers:", "- power lines", True),
    ("It covers power.", "2. It covers water.", True),
    ("The accord on power lines was", "signed in Lome.", False),
    ("The minister met the president of the", "European Commission.", False),
    ("It covers:", "power lines", None),
    ("He was received by Jane Doe,", "John Roe and others.", None),
    ("Photo", "iStock", True),
    ("Back", "www.example.org", True),
    ("03.07.25", "thumb of a page", True),
    ("GHANA SIGNS AN ACCORD WITH", "The text is short.", True),
]


@pytest.mark.parametrize(("above", "below", "starts"), JOINTS)
def test_line_breaks_and_sentences(above: str, below: str, starts: bool | None) -> None:
    text = f"{above}\n{below}"
    blocks, joins = split_blocks(text)
    expected = {True: ("break", False), False: (None, True), None: ("open", False)}[starts]
    assert (blocks[1].joint if len(blocks) > 1 else None, bool(joins)) == expected


def test_full_lines_of_a_wrapped_text_go_on_before_a_capital() -> None:
    text = (
        "Ghana Signs Accord\n"
        "The president of the republic received the chief negotiator and\n"
        "thanked the mediators who had come to the old harbour town with\n"
        "Jane Doe and her staff, who had helped to draft the accord with\n"
        "the other side.\n"
        "The talks took a year."
    )
    layout, _ = read(text)
    assert part(layout, text, "headline") == "Ghana Signs Accord"
    assert text.index("Jane Doe") in layout.joins
    assert layout.breaks == (text.index("The president"), text.index("The talks"))


SEEDLIKE = (
    f"03.07.25\n12:00\nGhana and Togo agree on power\nA text was signed\n{STORY}\nPhoto:\nX\n"
)


def test_apply_layout_marks_spans_and_sentence_starts() -> None:
    doc = NLP.make_doc(SEEDLIKE)
    apply_layout(doc, find_layout(make_article(SEEDLIKE, source="test")))
    assert (doc._.published, doc._.date_order) == ("2025-07-03", "dmy")
    assert doc.spans["published"][0].text == "03.07.25\n12:00"
    assert doc.spans["headline"][0].text == "Ghana and Togo agree on power"
    assert doc.spans["subhead"][0].text == "A text was signed"
    assert [span.text for span in doc.spans["boilerplate"]] == ["Photo:", "X"]
    assert list(doc.spans["byline"]) == []
    starts = {token.text for token in doc if token.is_sent_start and token.i}
    assert starts == {"12:00", "Ghana", "A", "The", "Photo", "X"}
    assert doc.text == SEEDLIKE


def test_apply_layout_leaves_the_inside_of_lines_to_the_parser() -> None:
    text = "The accord on power lines was\nsigned in Lome. It is short."
    doc = NLP.make_doc(text)
    apply_layout(doc, find_layout(make_article(text, source="test")))
    by_text = {token.text: token.is_sent_start for token in doc}
    assert by_text["signed"] is False
    assert by_text["It"] is None


PIECES = st.sampled_from(
    [*SEEDLIKE.split("\n"), "\r\n", "\n\n", " ", "By Jane Doe", "KYIV, June 3 (AP) - ", "Contact:",
     "13/07/2025", "2025-13-45", "###", "]", "|", "\ufeff", "a\u0301", "é", "😀", "- item", "and"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=12))),
    st.sampled_from(["\n", "\n\n", " ", "\r\n", "\u2028"]),
    st.one_of(st.none(), st.text(max_size=12)),
)
def test_spans_stay_within_the_text_and_in_order(
    pieces: list[str], glue: str, beside: str | None
) -> None:
    text = glue.join(pieces)
    layout = find_layout(Article(text, "test", "id", title=beside, published=beside))
    singles = [getattr(layout, f.name) for f in fields(layout) if f.name in _SINGLE]
    spans = sorted([span for span in singles if span] + list(layout.boilerplate))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert list(layout.boilerplate) == sorted(layout.boilerplate)
    assert sorted(set(layout.breaks) | set(layout.joins)) == sorted([*layout.breaks, *layout.joins])
    assert list(layout.breaks) == sorted(layout.breaks)
    assert all(0 < offset < len(text) for offset in (*layout.breaks, *layout.joins))
    apply_layout(NLP.make_doc(text), layout)


_SINGLE = {"headline", "subhead", "dateline", "byline", "published_span"}

HOSTILE = ["\ufeff ", "Aa ", "1/1/", "(", "# ", "a | ", "202 555 ", "AB CD ", "Photo:\niStock\n"]


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_texts_take_linear_time(unit: str) -> None:
    # A quadratic rule would not end; 200,000 characters take a second at most.
    layout = find_layout(Article(unit * (200_000 // len(unit)), "test", "id"))
    assert layout.published is None
