"""The closed vocabularies of the records, as ANNOTATION and the output format define them."""

from typing import Final, Literal

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
