"""The closed vocabularies of the records, as ANNOTATION and the output format define them."""

from typing import Final, Literal, get_args

Kind = Literal[
    "treaty",
    "agreement",
    "memorandum",
    "contract",
    "declaration",
    "ceasefire",
    "partnership",
    "merger",
    "loan",
    "settlement",
]
Status = Literal[
    "considered",
    "negotiating",
    "planned",
    "agreed",
    "signed",
    "in_force",
    "extended",
    "rejected",
    "violated",
    "ended",
]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)  # in the order of an agreement's life
EntityType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"]
PartyType = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "GROUP"]
Granularity = Literal[
    "time",
    "day",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
    "unresolved",
    "duration",
    "set",
    "reference",
]
# What stands among the dates and is none: `three days`, `every week`, `recently`.
NO_DATES: Final = frozenset({"duration", "set", "reference"})
# How a party is tied to an agreement, strongest first; records name it `party.<tie>`.
TIES: Final = {
    "between": "between A and B, on the trigger, its verb or a participle behind it",
    "among": "among A, B and C",
    "amongst": "amongst A, B and C",
    "with": "with B",
    "alongside": "alongside B",
    "by": "signed by A",
    "from": "a loan from A",
    "subject": "the subject of the verb above the trigger: A signed a pact",
    "modifier": "in front of the trigger: the Kenyan-Ugandan accord, Peru's deal",
    "person": "the country or body for which a person that is tied acts",
    "read": "the reader of the pipeline takes the words for a party",
    "context": "by none of these: told nearby, in the headline, or all through the text",
}
