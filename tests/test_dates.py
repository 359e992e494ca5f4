import json
import re
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from extract.components.agreements.slots import tells_when
from extract.components.dates.almanac import find_holiday
from extract.components.dates.calendar import parse_calendar
from extract.components.dates.periods import PERIODS, move
from extract.components.dates.values import days_of, holds_its_value
from extract.components.dates.words import lexicon
from extract.components.frames import DateFrame
from extract.errors import RuleError
from extract.rules import RuleSet, load_rules, read_rules, rule_files
from extract.vocabulary import NO_DATES as MARKS

PUBLISHED = "2025-07-03"  # a Thursday, in week 27
NLP = spacy.blank("en")
FIND = NLP.add_pipe("pactwire_dates")


def read(text: str, published: str | None = PUBLISHED, order: str = "auto") -> Doc:
    doc = NLP.make_doc(text)
    doc._.published, doc._.date_order = published, order
    return FIND(doc)


def values(text: str, published: str | None = PUBLISHED) -> list[tuple[str, str]]:
    doc = read(text, published)
    return [(s.text, f["value"]) for s, f in zip(doc.spans["dates"], doc._.dates, strict=True)]


# text, expected [(span, value)], why; published on Thursday, 3 July 2025
CASES: list[tuple[str, list[tuple[str, str]], str]] = [
    ("They signed on 14 May 2025.", [("14 May 2025", "2025-05-14")], "day first"),
    ("They signed on May 14, 2025.", [("May 14, 2025", "2025-05-14")], "month first"),
    ("Wednesday, 14 May 2025", [("Wednesday, 14 May 2025", "2025-05-14")], "weekday: one date"),
    ("They signed on the 14th of May.", [("the 14th of May", "2025-05-14")], "no year: the last"),
    ("It was signed on Jul. 2.", [("Jul. 2", "2025-07-02")], "abbreviated"),
    ("It was signed on 2025-05-14.", [("2025-05-14", "2025-05-14")], "ISO, five tokens"),
    ("Talks open on Tuesday (8 July).", [("Tuesday (8 July)", "2025-07-08")], "weekday decides"),
    ("They will meet on 12 September.", [("12 September", "2025-09-12")], "future: the next"),
    ("They met on 12 September.", [("12 September", "2024-09-12")], "past: the last"),
    ("Born on 29 February 2024.", [("29 February 2024", "2024-02-29")], "leap day"),
    ("It failed on 31 June 2025.", [("June 2025", "2025-06")], "no such day: what there is"),
    ("A truce held in March 2025.", [("March 2025", "2025-03")], "a month is no day"),
    ("In March of 2025 it held.", [("March of 2025", "2025-03")], "of"),
    ("Work began in early March 2025.", [("early March 2025", "2025-03")], "part of a month"),
    ("Earlier, in May this year, it was signed.", [("May this year", "2025-05")], "one date"),
    ("In March last year it was signed.", [("March last year", "2024-03")], "last year's"),
    ("It was signed in August.", [("August", "2024-08")], "past: not after publication"),
    ("It will be signed in March.", [("March", "2026-03")], "future: the next"),
    ("The line opened last May.", [("last May", "2025-05")], "before this month"),
    ("It closes next March.", [("next March", "2026-03")], "after this month"),
    ("Output doubled in 2015.", [("2015", "2015")], "year"),
    ("Profits rose in the third quarter of 2023.", [("the third quarter of 2023", "2023-Q3")], "Q"),
    (
        "It is due in the first half of next year.",
        [("the first half of next year", "2026-H1")],
        "H",
    ),
    ("They met in the summer of 2024.", [("the summer of 2024", "2024-SU")], "season"),
    ("A vote is due this autumn.", [("this autumn", "2025-FA")], "season of this year"),
    ("Borders opened in the 1990s.", [("the 1990s", "199")], "decade"),
    ("It dates from the 19th century.", [("the 19th century", "18")], "TIMEX: 1800 to 1899"),
    ("They met on Tuesday.", [("Tuesday", "2025-07-01")], "past weekday"),
    ("They met on Thursday.", [("Thursday", "2025-07-03")], "publication day itself"),
    ("They will meet on Friday.", [("Friday", "2025-07-04")], "future weekday"),
    ("They met last Thursday.", [("last Thursday", "2025-06-26")], "strictly before"),
    ("They meet next Thursday.", [("next Thursday", "2025-07-10")], "strictly after"),
    ("They met on Tuesday last week.", [("Tuesday last week", "2025-06-24")], "within a week"),
    (
        "He said on Tuesday they will meet on Friday.",
        [("Tuesday", "2025-07-01"), ("Friday", "2025-07-04")],
        "each by the verb beside it",
    ),
    ("The pact is to be signed on Monday.", [("Monday", "2025-07-07")], "is to be signed"),
    (
        "They sign today; envoys left yesterday.",
        [("today", "2025-07-03"), ("yesterday", "2025-07-02")],
        "deictic",
    ),
    ("Exports fell last week.", [("last week", "2025-W26")], "ISO week"),
    ("It is later this year.", [("later this year", "2025")], "not guessed closer"),
    ("They broke ties three years ago.", [("three years ago", "2022")], "as exact as its unit"),
    ("It burnt down twenty-five years ago.", [("twenty-five years ago", "2000")], "compound"),
    ("They will return in two weeks.", [("in two weeks", "2025-W29")], "future count"),
    ("It ends at the end of the year.", [("the end of the year", "2025")], "edge of a period"),
    ("The forum runs on June 3-5.", [("June 3-5", "2025-06-03")], "range: its start"),
    ("It ran from 3 to 5 June 2025.", [("3 to 5 June 2025", "2025-06-03")], "month on the right"),
    ("The mandate covers 2020-2024.", [("2020", "2020"), ("2024", "2024")], "two years, two dates"),
    ("The mandate covers 2020-24.", [("2020-24", "2020")], "two figures are no year"),
    ("The deficit for 2024/25 grew.", [("2024/25", "2024")], "budget year"),
    (
        "On 26 June 1950 war came. They met on 2 October.",
        [("26 June 1950", "1950-06-26"), ("2 October", "1950-10-02")],
        "a narrative keeps its year",
    ),
    (
        "The 1957 treaty was renewed in May.",
        [("1957", "1957"), ("May", "2025-05")],
        "a name's year",
    ),
    (
        "They met on 3 May 2020 and signed the following day.",
        [("3 May 2020", "2020-05-03"), ("the following day", "2020-05-04")],
        "from the text's date",
    ),
    ("Theresa May met him in April.", [("April", "2025-04")], "a name is no modal verb"),
    (
        "They signed a pact on Monday that takes effect on 1 August 2025.",
        [("Monday", "2025-06-30"), ("1 August 2025", "2025-08-01")],
        "the verb before, not that of the clause that follows",
    ),
    (
        "On Friday, the envoys who will speak meet.",
        [("Friday", "2025-07-04")],
        "no verb before: the clause that follows tells",
    ),
    (
        "It will be signed on Friday by the minister who drafted it.",
        [("Friday", "2025-07-04")],
        "the future before a clause in the past",
    ),
    ("May talks failed.", [("May", "2025-05")], "at the start of a sentence"),
    ("It ran from 2010 to 2014.", [("2010", "2010"), ("2014", "2014")], "two dates, as in TimeML"),
    (
        "It ran from March to May 2019.",
        [("March", "2019-03"), ("May 2019", "2019-05")],
        "the year stands at the end",
    ),
    (
        "It ran from 3 December to 5 January 2019.",
        [("3 December", "2018-12-03"), ("5 January 2019", "2019-01-05")],
        "over the turn of the year",
    ),
    ("She was born in nineteen ninety-one.", [("nineteen ninety-one", "1991")], "spelled out"),
    ("It closed in two thousand and five.", [("two thousand and five", "2005")], "spelled out"),
    (
        "He came in January nineteen ninety-seven.",
        [("January nineteen ninety-seven", "1997-01")],
        "spelled out beside a month",
    ),
    ("The temple was built in 508 BC.", [("508 BC", "BC0508")], "TIMEX3's form"),
    (
        "The fort is some 5,000 years old, built 5,000 years ago.",
        [
            ("some 5,000 years", "P5000Y"),
            ("5,000 years ago", "BC2976"),
        ],
        "before the calendar",
    ),
    ("It shut in early 2024.", [("early 2024", "2024")], "a modifier belongs to the date"),
    ("It shut in about 2024.", [("about 2024", "2024")], "in about: near that year"),
    ("They spoke about 2024.", [("2024", "2024")], "a talk about a year"),
    ("They met over the weekend.", [("the weekend", "2025-W26-WE")], "over: no more than during"),
    ("It took more than two years.", [("more than two years", "P2Y")], "a modifier of a length"),
    ("They split nearly two years ago.", [("nearly two years ago", "2023")], "and before ago"),
    ("They met on the 2nd of this month.", [("the 2nd of this month", "2025-07-02")], "a day"),
    ("They meet on 20th of next month.", [("20th of next month", "2025-08-20")], "no article"),
    ("They met on Friday the 13th.", [], "an idiom"),
    ("They met on Friday the 20th.", [("Friday the 20th", "2025-06-20")], "weekday and day agree"),
    ("They met on the 15th.", [("the 15th", "2025-06-15")], "the last such day"),
    ("They will meet on the 15th.", [("the 15th", "2025-07-15")], "the next such day"),
    ("They met on the 15th floor.", [], "no day"),
    (
        "They vote on the first Tuesday in November 2024.",
        [("the first Tuesday in November 2024", "2024-11-05")],
        "counted in a month",
    ),
    ("They met on the last Monday of May.", [("the last Monday of May", "2025-05-26")], "the last"),
    (
        "They will meet on the second Friday of next month.",
        [("the second Friday of next month", "2025-08-08")],
        "a month from the publication",
    ),
    ("It ends on the last day of 2025.", [("the last day of 2025", "2025-12-31")], "of a year"),
    ("It ended on the last day of March.", [("the last day of March", "2025-03-31")], "of a month"),
    ("They met in the first week of 2021.", [("the first week of 2021", "2021-W01")], "ISO week"),
    (
        "They met in the first week of May 2025.",
        [("the first week of May 2025", "2025-W18")],
        "the month that holds its Thursday",
    ),
    (
        "They met in the fifth week of May 2025.",
        [("the fifth week of May 2025", "2025-W22")],
        "5th",
    ),
    ("It opened in the week of June 16.", [("the week of June 16", "2025-W25")], "its week"),
    ("It closed in 2019 April.", [("2019 April", "2019-04")], "year first"),
    ("They split a year and a half ago.", [("a year and a half ago", "2024-01")], "a half"),
    ("They split two and a half years ago.", [("two and a half years ago", "2023-01")], "a half"),
    (
        "They split 1 month and 21 days ago.",
        [("1 month and 21 days ago", "2025-05-13")],
        "two units",
    ),
    ("They will meet a week from tomorrow.", [("a week from tomorrow", "2025-W28")], "from a day"),
    ("Sales rose in Q1 2019 and 2Q 2020.", [("Q1 2019", "2019-Q1"), ("2Q 2020", "2020-Q2")], "Q"),
    ("A deal is due in H2 of this year.", [("H2 of this year", "2025-H2")], "half"),
    ("It was filed on 31-Oct-74.", [("31-Oct-74", "1974-10-31")], "month by name among figures"),
    ("It was filed on 2019/Sep/01.", [("2019/Sep/01", "2019-09-01")], "year first"),
    ("Posted Feb13, 2014.", [("Feb13, 2014", "2014-02-13")], "no blank"),
    ("Borders opened in the nineteen eighties.", [("the nineteen eighties", "198")], "spelled out"),
    ("It broke in the 70's.", [("the 70's", "197")], "with an apostrophe"),
    ("the talks of july 4, 2024", [("july 4, 2024", "2024-07-04")], "written small"),
    ("only 3 may enter", [], "a modal verb written small"),
    ("They met on the 5th of last month.", [("the 5th of last month", "2025-06-05")], "another"),
    ("They back the Good Friday Agreement.", [], "a name"),
    ("They signed on Good Friday.", [("Good Friday", "2025-04-18")], "the day itself"),
    ("He told a Friday briefing.", [("Friday", "2025-06-27")], "a briefing of that day"),
    ("It fell on a Friday.", [], "on some Friday"),
    ("The year", [("The year", "2025")], "a line of a table"),
    ("The year was wet.", [], "no line of a table"),
    ("The fort still stands today.", [("today", "PRESENT_REF")], "in our times"),
    ("Sales fell from the 2024 quarter.", [("the 2024 quarter", "2024-Q2")], "that of last year"),
    ("Doors open at 5 p.m. local time.", [("5 p.m. local time", "2025-07-03T17:00")], "clock"),
    ("The abbot died in March of 384.", [("March of 384", "0384-03")], "a year of three figures"),
    ("Spending rose in FY24.", [("FY24", "FY2024")], "fiscal year"),
    ("They met this morning.", [("this morning", "2025-07-03TMO")], "part of a day"),
    ("Shells fell overnight.", [("overnight", "2025-07-02TNI")], "the night that has ended"),
    ("They met on Tuesday evening.", [("Tuesday evening", "2025-07-01TEV")], "part of a day"),
    ("It ends at noon Saturday.", [("noon Saturday", "2025-07-05T12:00")], "day and clock"),
    ("It ends at 5 p.m. EST July 9.", [("5 p.m. EST July 9", "2025-07-09T17:00")], "month, day"),
    ("They signed on Good Friday 1998.", [("Good Friday 1998", "1998-04-10")], "from Easter"),
    ("They met on Memorial Day.", [("Memorial Day", "2025-05-26")], "the last Monday of May"),
    ("They will meet after Thanksgiving.", [("Thanksgiving", "2025-11-27")], "future: the next"),
    ("They met last Christmas.", [("last Christmas", "2024-12-25")], "strictly before"),
    ("Air travel changed after 9/11.", [("9/11", "2001-09-11")], "the day named by its figures"),
    (
        "It made 3 euros in the first quarter of 2024, up from a year earlier.",
        [("the first quarter of 2024", "2024-Q1"), ("a year earlier", "2023-Q1")],
        "compared with a quarter",
    ),
    (
        "They met on 1 July 2025 at 9:30 a.m. in Oslo.",
        [("1 July 2025 at 9:30 a.m.", "2025-07-01T09:30")],
        "a day and its hour are one time",
    ),
    ("It struck at 8.50 am on 1 July.", [("8.50 am on 1 July", "2025-07-01T08:50")], "hour first"),
    ("It sails at 5 o'clock tomorrow.", [("5 o'clock tomorrow", "2025-07-04T05:00")], "o'clock"),
    (
        "They met on 1 July in Oslo, where doors opened at 9:30 a.m.",
        [("1 July", "2025-07-01"), ("9:30 a.m.", "2025-07-01T09:30")],
        "far apart: two, of the same day",
    ),
    ("It fell early on Tuesday.", [("early on Tuesday", "2025-07-01")], "modified before on"),
    ("It took over five years.", [("over five years", "P5Y")], "over: more than"),
    ("It fell over five years.", [("five years", "P5Y")], "over: during"),
    ("Sales fell in the June quarter.", [("the June quarter", "2025-Q2")], "by its last month"),
    ("It opens in the fall.", [("the fall", "2025-FA")], "season"),
    ("It opens after the fall of the wall.", [], "no season"),
    ("They made 300 sheets a week.", [("a week", "P1W")], "a rate"),
    ("The leaders backed the 2050 Strategy.", [], "a name"),
    (
        "It grew in the first nine months of 2024.",
        [("the first nine months of 2024", "P9M")],
        "a length of a year",
    ),
    (
        "The rate has stood at 4 percent since July 2015. It rose in May.",
        [("July 2015", "2015-07"), ("May", "2025-05")],
        "since: no narrative of that year",
    ),
    (
        "The window opens at 0915 UTC on Friday.",
        [("0915 UTC on Friday", "2025-07-04T09:15")],
        "UTC",
    ),
    (
        "Life began 3.5 billion years ago.",
        [("3.5 billion years ago", "PAST_REF")],
        "too long ago",
    ),
    ("Build it in the mid-19th century.", [("the mid-19th century", "18")], "one token"),
    ("They may meet as soon as Friday.", [("Friday", "2025-07-04")], "as soon as"),
    ("They meet every other Friday.", [("every other Friday", "XXXX-WXX-5")], "a set"),
    ("In the coming days, they meet.", [("the coming days", "FUTURE_REF")], "with its article"),
    ("More than a quarter of them left.", [], "a share"),
    (
        "It fell on the night of 1 July.",
        [("the night of 1 July", "2025-07-01TNI")],
        "part of a day",
    ),
    (
        "It fell in the early hours of Tuesday.",
        [("the early hours of Tuesday", "2025-07-01TMO")],
        "",
    ),
    ("It fell on the night of the storm.", [], "a part of no day"),
    (
        "It struck on Feb. 6, 2023, at 4:17 a.m.",
        [("Feb. 6, 2023, at 4:17 a.m.", "2023-02-06T04:17")],
        "",
    ),
    ("The deal signed on Monday will double trade.", [("Monday", "2025-06-30")], "the verb before"),
    (
        "On 1 May 2020 they met. They met again last May.",
        [("1 May 2020", "2020-05-01"), ("last May", "2025-05")],
        "it names its own year",
    ),
    (
        "It was signed in October 2015 and renewed in March.",
        [("October 2015", "2015-10"), ("March", "2025-03")],
        "no narrative goes back",
    ),
    ("The pact will expire on 3 May.", [("3 May", "2026-05-03")], "will"),
    ("They met on 4 July.", [("4 July", "2024-07-04")], "met"),
    ("They are meeting on Friday.", [("Friday", "2025-07-04")], "are meeting"),
    ("They vote this Friday.", [("this Friday", "2025-07-04")], "this: the one to come"),
    ("It grew in the last fiscal year.", [("the last fiscal year", "FY2024")], "fiscal"),
    ("It grew in the 2025 fiscal year.", [("the 2025 fiscal year", "FY2025")], "fiscal"),
    (
        "It grew in the first quarter of fiscal 2025.",
        [("the first quarter of fiscal 2025", "2025-Q1")],
        "its number is known, its months are not",
    ),
    ("They met on the 1st of April 2024.", [("the 1st of April 2024", "2024-04-01")], "article"),
    (
        "It fell in the first half of last year.",
        [("the first half of last year", "2024-H1")],
        "the last is of the year",
    ),
    (
        "It fell in the last quarter of 2024.",
        [("the last quarter of 2024", "2024-Q4")],
        "the fourth",
    ),
    ("It is valid until 2025-06.", [("2025-06", "2025-06")], "ISO month"),
    ("It runs in 1999-00.", [("1999-00", "1999")], "over the turn"),
    ("Sent 2025-06-11T14:30:00Z by wire.", [("2025-06-11T14:30:00Z", "2025-06-11")], "ISO time"),
    (
        "They met on 3\u00a0July\u00a02025.",
        [("3\u00a0July\u00a02025", "2025-07-03")],
        "hard spaces",
    ),
    ("It fell from more than a year ago.", [("more than a year ago", "2024")], "modified"),
    (
        "It grew in March 2019. A year earlier, it fell.",
        [("March 2019", "2019-03"), ("A year earlier", "2018")],
        "than the date before it",
    ),
    ("They met the week before last.", [("the week before last", "2025-W25")], "two back"),
    ("They will meet in two weeks' time.", [("two weeks' time", "2025-W29")], "two ahead"),
    ("It would last a month.", [("a month", "P1M")], "a verb, not the last month"),
    ("It took 2.5 years.", [("2.5 years", "P2.5Y")], "a fraction"),
    ("A month-long truce held.", [("month-long", "P1M")], "a length"),
    ("Sales fell in Q3'24.", [("Q3'24", "2024-Q3")], "two figures"),
    ("A weeklong fair drew them.", [("weeklong", "P1W")], "one word"),
    ("It sails at three o’clock.", [("three o’clock", "2025-07-03T03:00")], "curly"),
    ("Polls open on Friday.", [("Friday", "2025-07-04")], "open"),
    ("They meet every Monday morning.", [("every Monday morning", "XXXX-WXX-1TMO")], "a set"),
    (
        "It sits on Mondays and Fridays.",
        [("Mondays", "XXXX-WXX-1"), ("Fridays", "XXXX-WXX-5")],
        "2",
    ),
    ("They ended a decades-old feud.", [("decades-old", "PXDE")], "an age"),
    ("It was built in the 1800s.", [("the 1800s", "18")], "a century"),
    ("They met that day.", [("that day", "XXXX-XX-XX")], "of which nothing is told"),
    ("Veterans plan a vigil on Friday.", [("Friday", "2025-07-04")], "a plan"),
    ("They agreed to open it on Friday.", [("Friday", "2025-07-04")], "agreed to open"),
    ("Reporters are asked to register by Friday.", [("Friday", "2025-07-04")], "asked to"),
    ("He was to speak on Friday.", [("Friday", "2025-07-04")], "was to speak"),
    ("It may yet be healed by Christmas.", [("Christmas", "2025-12-25")], "may yet be"),
    ("They reopen it from 7 July.", [("7 July", "2025-07-07")], "soon: not that of last year"),
    (
        "They split more than 50 years ago.",
        [("more than 50 years ago", "1975")],
        "no span of time: ago",
    ),
    ("Following April's vote, they met.", [("April", "2025-04")], "after April's, not next April"),
    ("Talks were adjourned until 24 July.", [("24 July", "2025-07-24")], "until: to come"),
    (
        "On Monday, Ahmed Obi will meet them.",
        [("Monday", "2025-07-07")],
        "a name that ends like a verb",
    ),
    ("It fell from the same period last year.", [("the same period last year", "2024")], "no Q"),
    ("Trade rose from a year earlier.", [("a year earlier", "2024")], "no quarter: a year"),
    ("They parted two days earlier.", [("two days earlier", "2025-07-01")], "no date: from today"),
]

# text, value, granularity, why: marked, and none has days of its own
MARKED = [
    ("The pact holds for three months.", "P3M", "duration", "figures in words"),
    ("A 10-year truce was signed.", "P10Y", "duration", "hyphens"),
    ("Talks took more than four hours.", "PT4H", "duration", "hours"),
    ("A ban of two and a half years was signed.", "P2Y6M", "duration", "half a year"),
    ("It lasted half an hour.", "PT30M", "duration", "half an hour"),
    ("Trade grew over the past few weeks.", "PXW", "duration", "nobody counted"),
    ("They talked for months.", "PXM", "duration", "nobody counted"),
    ("They ruled for two decades.", "P20Y", "duration", "in years"),
    ("The council meets every Tuesday.", "XXXX-WXX-2", "set", "weekday"),
    ("The council meets twice a year.", "P1Y", "set", "rate"),
    ("The council meets daily.", "XXXX-XX-XX", "set", "adverb"),
    ("It meets every two weeks.", "P2W", "set", "counted"),
    ("The accord is now void.", "PRESENT_REF", "reference", "now"),
    ("An accord was recently reached.", "PAST_REF", "reference", "past"),
    ("They signed it a few years ago.", "PAST_REF", "reference", "nobody counted"),
    ("An accord will soon be signed.", "FUTURE_REF", "reference", "future"),
    ("They will sign it in the coming months.", "FUTURE_REF", "reference", "future"),
    ("They signed it at 3:30 p.m. EST.", "2025-07-03T15:30", "time", "the day is not told"),
]

NO_DATES = [
    ("It is 50 years since the first flight.", "duration"),
    ("It marks the 80th anniversary of the end of the war.", "anniversary"),
    ("The pact holds for three months.", "duration"),
    ("The doors open at 12:00 or at 3 pm.", "time of day"),
    ("The council meets every week and every Tuesday.", "frequency"),
    ("Over the past two years, trade grew.", "duration"),
    ("The ministers backed Agenda 2030.", "name"),
    ("Some 2000 soldiers left the valley.", "number of things"),
    ("They may sign it and march home.", "modal, verb"),
    ("Prices fall; the sun sat low.", "verb, words that look like weekdays"),
    ("Prime Minister May flew home.", "person"),
    ("He was second and scored in the first half.", "no calendar half"),
    ("A man in his 80s, aged 45.", "age"),
    ("It is too soon to tell; the most recent vote failed.", "no reference"),
    ("The Daily Herald has it.", "name"),
]

# text, value, granularity, why: nothing is guessed from the clock
UNANCHORED = [
    ("They met on Friday.", "XXXX-WXX-5", "unresolved", "weekday"),
    ("They met in March.", "XXXX-03", "unresolved", "month"),
    ("They met on May fifth.", "XXXX-05-05", "unresolved", "day of some year"),
    ("They met on Tuesday morning.", "XXXX-WXX-2TMO", "time", "weekday and part of the day"),
    ("They met today.", "PRESENT_REF", "unresolved", "deictic"),
    ("They met last week.", "PAST_REF", "unresolved", "past"),
    ("They meet next year.", "FUTURE_REF", "unresolved", "future"),
    ("They met in 2024.", "2024", "year", "absolute all the same"),
]

# text, order, value, alternatives
FIGURES = [
    ("03.07.25", "auto", "2025-07-03", ["2025-03-07"]),
    ("03/07/2025", "mdy", "2025-03-07", ["2025-07-03"]),
    ("03/07/2025", "dmy", "2025-07-03", ["2025-03-07"]),
    ("7/25/2025", "dmy", "2025-07-25", []),
    ("05/05/25", "auto", "2025-05-05", []),
    ("12/11/98", "auto", "1998-11-12", ["1998-12-11"]),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES)
def test_date_is_found_and_read(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert values(text) == expected, why


@pytest.mark.parametrize(("text", "why"), NO_DATES)
def test_no_date(text: str, why: str) -> None:
    assert [frame for frame in read(text)._.dates if tells_when(frame)] == [], why


@pytest.mark.parametrize(("text", "value", "granularity", "why"), MARKED)
def test_what_has_no_days_is_marked_and_dates_no_agreement(
    text: str, value: str, granularity: str, why: str
) -> None:
    (frame,) = read(text)._.dates
    assert (frame["value"], frame["granularity"]) == (value, granularity), why
    assert frame["earliest"] is frame["latest"] is None
    assert not tells_when(frame)


def test_a_part_of_a_day_dates_an_agreement_by_its_day() -> None:
    (frame,) = read("They signed it on Tuesday morning.")._.dates
    assert tells_when(frame)
    assert (frame["earliest"], frame["granularity"]) == ("2025-07-01", "time")


# form, year, first and last days, why
HOLIDAYS: list[tuple[str, int, list[tuple[date, date]], str]] = [
    ("easter", 2024, [(date(2024, 3, 31), date(2024, 3, 31))], "in March"),
    ("easter -2", 2025, [(date(2025, 4, 18), date(2025, 4, 18))], "Good Friday"),
    ("pascha", 2024, [(date(2024, 5, 5), date(2024, 5, 5))], "five weeks after that of the West"),
    ("11/4/4", 2023, [(date(2023, 11, 23), date(2023, 11, 23))], "the fourth Thursday"),
    ("11/4/4 +1", 2023, [(date(2023, 11, 24), date(2023, 11, 24))], "the day after"),
    ("5/1/-1", 2024, [(date(2024, 5, 27), date(2024, 5, 27))], "the last Monday"),
    ("12-25", 2024, [(date(2024, 12, 25), date(2024, 12, 25))], "fixed"),
    ("12-26 x7", 2024, [(date(2024, 12, 26), date(2025, 1, 1))], "into the next year"),
    ("12-26 x7", 9999, [], "beyond the calendar"),
    ("02-29", 2023, [], "no such day"),
    ("hijri 09", 2024, [(date(2024, 3, 11), date(2024, 4, 9))], "a month of 30 days"),
    (
        "hijri 10-01",
        2000,
        [(date(2000, 1, 8),) * 2, (date(2000, 12, 27),) * 2],
        "twice in a year",
    ),
    ("hijri 10-01", 1900, [], "before the tables"),
    ("hijri 12-10", 2078, [], "after the tables"),
    ("IL Hanukkah x8", 2025, [(date(2025, 12, 15), date(2025, 12, 22))], "not the end of the last"),
    ("IN Holi", 1990, [], "before the tables"),
    ("easter", 1200, [], "before the calendar of Gregory"),
    ("noon", 2024, [], "no form"),
]


@pytest.mark.parametrize(("form", "year", "days", "why"), HOLIDAYS)
def test_find_holiday(form: str, year: int, days: list[tuple[date, date]], why: str) -> None:
    assert [(r.earliest, r.latest) for r in find_holiday(form, year)] == days, why


NAMED = lexicon("holiday", "dates/holidays")


def test_every_holiday_of_the_table_has_one_day_in_2024() -> None:
    assert [name for name, form in NAMED.items() if len(find_holiday(form, 2024)) != 1] == []


@pytest.mark.parametrize("name", NAMED)
def test_every_holiday_of_the_table_is_found_by_its_name(name: str) -> None:
    """So each has an anchor, and spaCy splits none in a way that no pattern knows."""
    (day,) = find_holiday(NAMED[name], 2024)
    capitals = re.sub(r"(?<![\w'])\w", lambda letter: letter[0].upper(), name)
    for written in (capitals, capitals.replace("'", "’"), capitals.replace("-", " ")):
        for text in (f"They met on {written} 2024.", f"They met on {written} last year."):
            ((_, value),) = values(text)
            assert value.removesuffix("TNI") == day.value, text


# text, day of publication, expected [(span, value)], why. Days of 2023 to 2025 as the press and
# the governments gave them; others are told in `why`.
HOLIDAYS_IN_TEXT: list[tuple[str, str, list[tuple[str, str]], str]] = [
    ("They met during Ramadan 2024.", "2025-07-03", [("Ramadan 2024", "2024-03-11")], "first day"),
    ("Guns fell silent for Eid al-Fitr.", "2024-05-01", [("Eid al-Fitr", "2024-04-10")], "Islam"),
    ("They will meet after Eid-ul-Adha.", "2024-05-01", [("Eid-ul-Adha", "2024-06-16")], "hyphens"),
    ("Crowds marked Ashura.", "2024-08-01", [("Ashura", "2024-07-16")], "10 Muharram 1446"),
    ("They met on Mawlid al-Nabi.", "2024-10-01", [("Mawlid al-Nabi", "2024-09-15")], "12 Rabi I"),
    (
        "They met at the Islamic New Year.",
        "2024-08-01",
        [("Islamic New Year", "2024-07-07")],
        "1446",
    ),
    ("They met on Rosh Hashanah.", "2024-12-01", [("Rosh Hashanah", "2024-10-03")], "5785"),
    ("They met on Yom Kippur 1973.", "2024-12-01", [("Yom Kippur 1973", "1973-10-06")], "the war"),
    (
        "The attack came on Simchat Torah.",
        "2023-11-01",
        [("Simchat Torah", "2023-10-07")],
        "Israel",
    ),
    ("They met on the eve of Sukkot.", "2023-11-01", [("Sukkot", "2023-09-30")], "its first day"),
    ("They will meet at Hanukkah.", "2024-11-20", [("Hanukkah", "2024-12-26")], "over New Year"),
    ("They met on Purim.", "2024-05-01", [("Purim", "2024-03-24")], "in a leap year of 13 months"),
    ("They will meet after Passover.", "2025-04-01", [("Passover", "2025-04-13")], "spring"),
    ("They met on Shavuot.", "2024-07-01", [("Shavuot", "2024-06-12")], "fifty days on"),
    ("They met on Orthodox Easter.", "2024-06-01", [("Orthodox Easter", "2024-05-05")], "Julian"),
    (
        "They met on Orthodox Christmas.",
        "2024-02-01",
        [("Orthodox Christmas", "2024-01-07")],
        "fixed",
    ),
    (
        "They met on Orthodox Good Friday.",
        "2024-06-01",
        [("Orthodox Good Friday", "2024-05-03")],
        "",
    ),
    ("They met before Diwali.", "2024-12-01", [("Diwali", "2024-10-31")], "India"),
    (
        "They met in the week of Deepavali 2022.",
        "2024-12-01",
        [("Deepavali 2022", "2022-10-24")],
        "",
    ),
    ("They met on Holi.", "2024-05-01", [("Holi", "2024-03-25")], "India"),
    ("They met on Vesak Day.", "2024-07-01", [("Vesak Day", "2024-05-22")], "Singapore"),
    ("They met on Vesak.", "2024-07-01", [("Vesak", "2024-05-22")], "without day"),
    ("They met at Lunar New Year.", "2024-03-01", [("Lunar New Year", "2024-02-10")], "dragon"),
    (
        "They met at Chinese New Year 2023.",
        "2024-03-01",
        [("Chinese New Year 2023", "2023-01-22")],
        "a Sunday: not moved",
    ),
    ("They met at Qingming.", "2024-05-01", [("Qingming", "2024-04-04")], "in a leap year"),
    (
        "They met at the Mid-Autumn Festival.",
        "2024-10-01",
        [("Mid-Autumn Festival", "2024-09-17")],
        "full moon",
    ),
    ("They met at Nowruz.", "2024-05-01", [("Nowruz", "2024-03-20")], "1403"),
    ("They met at Nowruz.", "2025-05-01", [("Nowruz", "2025-03-21")], "1404"),
    (
        "They will meet on international women's day.",
        "2025-02-01",
        [("international women's day", "2025-03-08")],
        "small letters",
    ),
    (
        "They met on International Workers’ Day.",
        "2025-07-03",
        [("International Workers’ Day", "2025-05-01")],
        "curly",
    ),
    (
        "They met on World Refugee Day.",
        "2025-07-03",
        [("World Refugee Day", "2025-06-20")],
        "fixed",
    ),
    (
        "They met on Human Rights Day 2024.",
        "2025-07-03",
        [("Human Rights Day 2024", "2024-12-10")],
        "",
    ),
    (
        "They met on Ukraine's Independence Day.",
        "2025-09-01",
        [("Ukraine's Independence Day", "2025-08-24")],
        "whose",
    ),
    ("They met on Independence Day.", "2025-09-01", [], "nobody says whose"),
    ("Eid was quiet.", "2025-09-01", [], "of two, nobody says which"),
    ("Sales rose on Cyber Monday.", "2024-12-20", [("Cyber Monday", "2024-12-02")], "in December"),
    ("He won on Super Tuesday.", "2024-12-20", [], "no day of the calendar"),
    ("They met on Victoria Day.", "2024-06-01", [("Victoria Day", "2024-05-20")], "before 25 May"),
    (
        "They met at Christmas last year.",
        "2025-07-03",
        [("Christmas last year", "2024-12-25")],
        "of that year",
    ),
    (
        "They met on Canada Day of last year.",
        "2025-07-03",
        [("Canada Day of last year", "2024-07-01")],
        "not the last",
    ),
    ("They meet next Easter.", "2025-07-03", [("next Easter", "2026-04-05")], "strictly after"),
    (
        "They met last Ramadan.",
        "2025-03-15",
        [("last Ramadan", "2024-03-11")],
        "not the one that runs",
    ),
    ("They met in the Ramadan of 2023.", "2025-07-03", [("Ramadan of 2023", "2023-03-23")], "of"),
    (
        "They will meet on New Year’s Eve.",
        "2025-07-03",
        [("New Year’s Eve", "2025-12-31")],
        "curly",
    ),
    ("They met at the town's spring festival.", "2025-07-03", [], "none of China"),
    ("They met at Spring Festival.", "2025-07-03", [("Spring Festival", "2025-01-29")], "of China"),
    ("He fought in the Yom Kippur War.", "2025-07-03", [], "a name"),
    ("The Tet Offensive began.", "2025-07-03", [], "a name"),
    ("The law takes effect in the new year.", "2025-07-03", [], "no name of a day"),
    ("They lent him the fleet, and had an epiphany.", "2025-07-03", [], "small letters: words"),
    ("Police in the new world order will meet the day of the vote.", "2025-07-03", [], "no names"),
]


@pytest.mark.parametrize(("text", "published", "expected", "why"), HOLIDAYS_IN_TEXT)
def test_holidays(text: str, published: str, expected: list[tuple[str, str]], why: str) -> None:
    assert values(text, published) == expected, why


def test_a_holiday_of_many_days_is_an_interval_and_may_come_twice_in_a_year() -> None:
    (ramadan,) = read("They met during Ramadan 2024.")._.dates
    assert (ramadan["value"], ramadan["granularity"]) == ("2024-03-11", "day")
    assert (ramadan["earliest"], ramadan["latest"]) == ("2024-03-11", "2024-04-09")
    (eid,) = read("They met on Eid al-Fitr 2000.")._.dates
    assert (eid["value"], eid["alternatives"]) == (
        "2000-01-08",
        [{"value": "2000-12-27", "reason": "came again in that year"}],
    )


@pytest.mark.parametrize(("text", "value", "granularity", "why"), UNANCHORED)
def test_without_publication_date(text: str, value: str, granularity: str, why: str) -> None:
    (frame,) = read(text, published=None)._.dates
    assert (frame["value"], frame["granularity"]) == (value, granularity), why
    assert (frame["earliest"] is None) == (granularity in ("unresolved", "time"))


@pytest.mark.parametrize(("text", "order", "value", "others"), FIGURES)
def test_figures(text: str, order: str, value: str, others: list[str]) -> None:
    (frame,) = read(text, order=order)._.dates
    assert frame["value"] == value
    assert [other["value"] for other in frame["alternatives"]] == others


SIGNED = "They signed it on 03/04/2020."
# text, day of publication, order and what told it, value, what tells day and month apart
BOTH = [
    (
        SIGNED,
        "2020-03-05",
        "auto",
        "",
        "03-04",
        "the other was still to come",
    ),
    (
        SIGNED,
        "2020-04-05",
        "auto",
        "",
        "04-03",
        "near the day of publication",
    ),
    (SIGNED, "2020-02-05", "auto", "", "04-03", "nothing decides"),
    ("They will sign it on 03/04/2020.", "2020-03-05", "auto", "", "04-03", "the other was over"),
    ("The date is 03/04/2020.", "2020-03-05", "auto", "", "03-04", "near the day of publication"),
    (SIGNED, None, "auto", "", "04-03", "nothing decides"),
    (
        SIGNED,
        "2020-03-05",
        "dmy",
        "filed in Rome",
        "04-03",
        "filed in Rome",
    ),
    (SIGNED, None, "mdy", "as asked", "03-04", "as asked"),
    ("They signed it on 03.04.2020.", None, "mdy", "filed in Ohio", "04-03", "written with dots"),
    ("They signed it on 03.04.2020.", None, "mdy", "as asked", "03-04", "as asked"),
    (
        "On Wednesday, 03/04/2020.",
        None,
        "dmy",
        "as asked",
        "03-04",
        "the weekday beside it",
    ),
    ("They met on Friday 03/04/20.", None, "mdy", "as asked", "04-03", "the weekday beside it"),
    ("They met on Monday, 03/04/2020.", None, "mdy", "as asked", "03-04", "as asked"),
]


@pytest.mark.parametrize(("text", "published", "order", "told", "day", "why"), BOTH)
def test_day_and_month_are_told_apart_and_why(
    text: str, published: str | None, order: str, told: str, day: str, why: str
) -> None:
    doc = NLP.make_doc(text)
    doc._.published, doc._.date_order, doc._.date_order_reason = published, order, told
    (frame,) = FIND(doc)._.dates
    assert frame["value"] == f"2020-{day}"
    read, other = ("day first", "month first")[:: 1 if day == "04-03" else -1]
    assert frame["alternatives"] == [
        {"value": f"2020-{day[3:]}-{day[:2]}", "reason": f"{other}; read {read}: {why}"}
    ]


def test_the_dateline_is_the_anchor_where_it_gave_the_day() -> None:
    doc = NLP.make_doc("They met on Monday. Two days later, they signed.")
    doc._.published, doc._.anchor = PUBLISHED, "dateline"
    anchors = [frame["anchor"] for frame in FIND(doc)._.dates]
    assert anchors == ["dateline", "document date in the text"]


def test_interval_and_anchor() -> None:
    week, spring, forum = read("Last week; in spring 2024; on 3-5 June 2025.")._.dates
    assert (week["earliest"], week["latest"]) == ("2025-06-23", "2025-06-29")
    assert (week["anchor"], week["granularity"]) == ("publication date", "week")
    assert (spring["earliest"], spring["latest"]) == ("2024-03-01", "2024-05-31")
    assert spring["anchor"] is None
    assert (forum["earliest"], forum["latest"]) == ("2025-06-03", "2025-06-05")
    assert forum["granularity"] == "day"


def test_span_carries_the_rule_and_the_doc_serialises() -> None:
    doc = read("They signed on 14 May 2025.")
    assert doc.spans["dates"][0].id_ == doc._.dates[0]["rule"] == "calendar.day_month_year"
    copy = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert copy.spans["dates"][0].id_ == "calendar.day_month_year"
    assert copy._.dates[0] == {**doc._.dates[0], "span": [3, 6]}


def test_a_bare_may_is_a_month_where_the_tagger_says_so() -> None:
    doc = NLP.make_doc("The May ballot failed, though May spoke.")
    doc._.published = PUBLISHED
    doc.ents = [Span(doc, 1, 2, label="DATE"), Span(doc, 6, 7, label="PERSON")]
    assert [(span.start, span.text) for span in FIND(doc).spans["dates"]] == [(1, "May")]


def test_front_matter_has_its_dates_too() -> None:
    doc = NLP.make_doc("3 July 2025 They met in May 2025. Contact: 1 June 2025")
    doc.spans["published"] = [doc[0:3]]
    doc.spans["boilerplate"] = [doc[9:]]
    found = [span.text for span in FIND(doc).spans["dates"]]
    assert found == ["3 July 2025", "May 2025", "1 June 2025"]


def test_wrapped_line_is_joined_and_a_headline_is_not() -> None:
    wrapped = "The two ministries put their names to the accord in March\n2025."
    assert [value for _, value in values(wrapped)] == ["2025-03"]
    doc = NLP.make_doc("The ministers put their names to an accord in March\n2025 began badly.")
    doc.spans["headline"] = [doc[0:10]]
    doc._.published = PUBLISHED
    assert [frame["value"] for frame in FIND(doc)._.dates] == ["2025-03", "2025"]


def test_names_and_tags_veto_a_month() -> None:
    words = ["In", "May", "we", "trust", "."]
    assert FIND(Doc(NLP.vocab, words=words))._.dates
    assert not FIND(Doc(NLP.vocab, words=words, tags=["IN", "MD", "PRP", "VBP", "."]))._.dates
    named = Doc(NLP.vocab, words=["By", "June", "Miller"])
    named.ents = [Span(named, 1, 3, label="PERSON")]
    assert not FIND(named)._.dates


def test_a_rule_with_an_unknown_reader_is_refused() -> None:
    with pytest.raises(RuleError, match="read"):
        NLP.create_pipe("pactwire_dates", config={"rules": ["dates/tense"]})


@pytest.mark.parametrize("name", [n for n in rule_files() if n.startswith("dates/")])
def test_rules_match_their_examples(name: str) -> None:
    found = load_rules(name, NLP.vocab)
    for rule in read_rules(name)[0]:
        for text in rule.match:
            assert rule.id in {m.rule.id for m in found.find(NLP.make_doc(text))}, text
        for text in rule.no_match:
            assert rule.id not in {m.rule.id for m in found.find(NLP.make_doc(text))}, text


@pytest.mark.parametrize("name", [n for n in rule_files() if n.startswith("dates/")])
def test_each_pattern_is_shown_by_an_example(name: str) -> None:
    rules, classes = read_rules(name)
    for rule in rules:
        docs = [NLP.make_doc(text) for text in rule.match]
        for pattern in rule.patterns:
            alone = RuleSet([replace(rule, patterns=(pattern,))], classes, NLP.vocab)
            assert any(alone.find(doc) for doc in docs), f"{rule.id}: no example shows {pattern}"


# text, parts, expected, why
PARSED: list[tuple[str, tuple[str, ...], date | None, str]] = [
    ("3 july 2025", ("day", "month", "year"), date(2025, 7, 3), "whole"),
    ("march 2025", ("month", "year"), date(2025, 3, 1), "first of the month, not today's day"),
    ("march 2025", ("day", "month", "year"), None, "a part is missing: not filled in"),
    ("29 february", ("day", "month"), date(2000, 2, 29), "the year without a year is a leap year"),
    ("31 june 2025", ("day", "month", "year"), None, "no such day"),
    ("today", ("day", "month", "year"), None, "never relative"),
]


@pytest.mark.parametrize(("text", "parts", "expected", "why"), PARSED)
def test_parse_calendar(text: str, parts: tuple[str, ...], expected: date | None, why: str) -> None:
    assert parse_calendar(text, parts) == expected, why


def test_move_keeps_to_the_calendar() -> None:
    assert move(date(2024, 2, 29), "year", 1) == date(2025, 2, 28)
    assert move(date(2025, 1, 31), "month", -2) == date(2024, 11, 30)
    assert move(date(2025, 1, 1), "century", -30) is None
    assert move(date(2025, 1, 1), "day", 10**7) is None


@given(day=st.dates(min_value=date(2, 1, 1)), unit=st.sampled_from(sorted(PERIODS)))
def test_a_period_holds_its_day(day: date, unit: str) -> None:
    period = PERIODS[unit](day)
    assert period.earliest is not None and period.latest is not None
    if unit != "weekend":
        assert period.earliest <= day <= period.latest


WORDS = """
    3 5 31 30th 0 1990 2025 99 03.07.25 3/7 2025-02-30 May March june Sun Friday last next this
    week weekend years year ago in of the - – to , ( ) today Q3 second half quarter 1990s century
    fifth between and later noon pm every few nineteen thousand half Easter now 99999 '90s winter
    summer end following day will Ramadan Diwali Hanukkah New Year's
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", "\n\n"])


def _check(frame: DateFrame, doc: Doc) -> None:
    start, end = frame["span"]
    assert 0 <= start < end <= len(doc)
    assert holds_its_value(frame["value"], frame["earliest"], frame["latest"])
    if frame["earliest"] is None and not frame["value"].startswith("BC"):
        assert frame["granularity"] in {"unresolved", "time", *MARKS}


def _check_doc(text: str, published: str | None) -> None:
    doc = read(text, published)
    frames: list[Any] = doc._.dates
    for frame in frames:
        _check(frame, doc)
    ends = [frame["span"] for frame in frames]
    assert all(one[1] <= two[0] for one, two in pairwise(ends))
    assert read(text, published)._.dates == frames


@settings(max_examples=150, deadline=None)
@given(
    st.lists(PIECES, max_size=14), st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31"])
)
@example(["this", "winter"], "0001-01-01")
@example(["last", "winter"], "0001-01-01")
@example(["next", "winter"], "9999-12-31")
@example(["last", "Hanukkah"], "0001-01-01")
@example(["next", "Ramadan"], "9999-12-31")
def test_date_like_fragments_never_break_it(pieces: list[str], published: str | None) -> None:
    _check_doc(" ".join(pieces), published)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_text_never_breaks_it(text: str) -> None:
    _check_doc(text, PUBLISHED)


EXAMPLES = [
    text
    for name in rule_files()
    if name.startswith("dates/")
    for rule in read_rules(name)[0]
    for text in (*rule.match, *rule.no_match)
]
SHARED = Path(__file__).parents[2] / "shared" / "data" / "dates"


def _mutations(phrases: list[str]) -> st.SearchStrategy[str]:
    """Phrases with a piece cut out, put twice, or changed for any characters."""

    def mutate(phrase: str, start: int, length: int, put: str) -> str:
        start = start % (len(phrase) + 1)
        return phrase[:start] + put + phrase[start + length :]

    return st.builds(
        mutate,
        st.sampled_from(phrases),
        st.integers(0, 200),
        st.integers(0, 8),
        st.one_of(st.text(max_size=4), PIECES),
    )


DAYS = st.one_of(st.none(), st.dates().map(date.isoformat))


@settings(max_examples=150, deadline=None)
@given(_mutations(EXAMPLES), DAYS)
def test_mutated_examples_never_break_it(text: str, published: str | None) -> None:
    _check_doc(text, published)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_mutated_phrases_of_others_never_break_it() -> None:
    lines = [
        json.loads(line)
        for name in ("timenorm", "duckling", "recognizers-DateTimeModel")
        for line in (SHARED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    phrases = [line.get("phrase") or line["text"] for line in lines]

    @settings(max_examples=200, deadline=None)
    @given(_mutations(phrases), DAYS)
    def check(text: str, published: str | None) -> None:
        _check_doc(text, published)

    check()


STATES = st.permutations(range(len(EXAMPLES[:40])))


@settings(max_examples=8, deadline=None)
@given(STATES, st.integers(1, 50))
def test_order_and_batches_change_nothing(order: list[int], size: int) -> None:
    alone = [read(text)._.dates for text in EXAMPLES[:40]]
    docs = [NLP.make_doc(EXAMPLES[number]) for number in order]
    for doc in docs:
        doc._.published = PUBLISHED
    together = [doc._.dates for doc in NLP.pipe(docs, batch_size=size)]
    assert together == [alone[number] for number in order]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "XYZ+11:30"])
def test_the_time_zone_changes_nothing(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = [read(text)._.dates for text in EXAMPLES]
    parse_calendar.cache_clear()
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert [read(text)._.dates for text in EXAMPLES] == before
    finally:
        monkeypatch.undo()
        time.tzset()


# value, first and last day
STANDS_FOR = [
    ("2025-07-03", "2025-07-03", "2025-07-03"),
    ("2025-07-03TMO", "2025-07-03", "2025-07-03"),
    ("2025-W27", "2025-06-30", "2025-07-06"),
    ("2025-W27-WE", "2025-07-05", "2025-07-06"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025-Q3", "2025-07-01", "2025-09-30"),
    ("2025-H1", "2025-01-01", "2025-06-30"),
    ("2025-WI", "2025-12-01", "2026-02-28"),
    ("2025", "2025-01-01", "2025-12-31"),
    ("202", "2020-01-01", "2029-12-31"),
    ("19", "1900-01-01", "1999-12-31"),
    ("FY2024", "2023-04-01", "2025-03-31"),
]


@pytest.mark.parametrize(("value", "first", "last"), STANDS_FOR)
def test_the_days_of_a_value(value: str, first: str, last: str) -> None:
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))
    assert holds_its_value(value, first, last)
    assert not holds_its_value(value, last, "9999-12-31") or first == last
    assert not holds_its_value(value, None, None) or "T" in value


def test_a_length_may_lie_anywhere() -> None:
    assert days_of("P3D") is None
    assert holds_its_value("P3D", None, None)
    assert holds_its_value("P3D", "2025-07-03", "2025-07-05")
    assert not holds_its_value("P3D", "2025-07-05", "2025-07-03")


# text, value, first and last day; published on Thursday, 3 July 2025
REACHING = [
    ("They met in the past two years.", "P2Y", "2023-07-03", "2025-07-02"),
    ("They met in the next three days.", "P3D", "2025-07-04", "2025-07-06"),
    ("They met for the first three days.", "P3D", None, None),
    ("They met for three days.", "P3D", None, None),
]


@pytest.mark.parametrize(("text", "value", "first", "last"), REACHING)
def test_a_length_that_reaches_from_the_publication(
    text: str, value: str, first: str | None, last: str | None
) -> None:
    (frame,) = read(text)._.dates
    assert (frame["value"], frame["earliest"], frame["latest"]) == (value, first, last)
    assert frame["granularity"] == "duration" and not tells_when(frame)


@pytest.mark.parametrize("value", ["PAST_REF", "XXXX-05", "BC0044", "XXXX-WXX-2TNI"])
def test_a_value_that_names_no_days(value: str) -> None:
    assert days_of(value) is None
    assert holds_its_value(value, None, None) and not holds_its_value(value, PUBLISHED, PUBLISHED)


@pytest.mark.parametrize("value", ["2025-02-30", "2025-13", "2025-W54", "0000"])
def test_a_value_of_no_calendar(value: str) -> None:
    with pytest.raises(ValueError):
        days_of(value)
    assert not holds_its_value(value, PUBLISHED, PUBLISHED)
