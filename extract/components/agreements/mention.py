"""One mention of an agreement, as the stages of this package fill it in."""

from dataclasses import dataclass, field

from extract.components.frames import TokenSpan
from extract.encoder.reading import Reading
from extract.vocabulary import Kind

MOST_TELLING = 12  # mentions of an agreement that are read for its parties and details


@dataclass(slots=True)
class Side:
    """A party as one mention gives it: an entity, or a description (`over 150 countries`)."""

    entity: int | None
    span: TokenSpan
    how: str  # the construction that tied it, of vocabulary.TIES


@dataclass(slots=True)
class Mention:
    """A trigger with all that its sentence says of the agreement."""

    start: int
    end: int
    head: int
    kind: Kind
    form: str  # noun, verb or name
    needs: int
    rules: list[str]
    sentence: TokenSpan
    cues: list[str] = field(default_factory=list)  # status rules that fit, in file order
    cue_spans: dict[str, TokenSpan] = field(default_factory=dict)  # where each fired first
    told_by: set[int] = field(default_factory=set)  # the tokens of those cues
    sides: list[Side] = field(default_factory=list)
    people: list[TokenSpan] = field(default_factory=list)
    shared: bool = False  # its sides are `the two sides`: those of the agreement just told
    continues: bool = False  # only ever part of the agreement just told: `X signed for Y`
    apart: bool = False  # another one than that told before: `a separate deal`
    reading: Reading | None = None  # of a pipeline that has a reader
    anaphoric: bool = False  # `the agreement`: may point back to one already named
    like: dict[str, str] = field(default_factory=dict)  # rule of a pack: the one it is judged as

    @property
    def from_pack(self) -> bool:
        """Whether a rule of the user's found it."""
        return self.rules[0] in self.like

    @property
    def judged_rule(self) -> str:
        """The rule that found it, by the name that the judge knows."""
        return self.like.get(self.rules[0], self.rules[0])

    @property
    def judged_cues(self) -> list[str]:
        """Its cues, by the names that the judge knows."""
        return list(dict.fromkeys(self.like.get(cue, cue) for cue in self.cues))

    def entities(self) -> list[int]:
        """Return the entities among the sides, each once, in order."""
        return list(dict.fromkeys(s.entity for s in self.sides if s.entity is not None))
