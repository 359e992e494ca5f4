"""What can go wrong, as a caller may want to catch it.

Every message says what happened, where (file, line, document id) and what to do next.
"""


class PactwireError(Exception):
    """Any failure that is the input's or the caller's, never a bug."""


class InputError(PactwireError):
    """A source that cannot be read at all: missing, a folder without texts, an unknown format."""


class RuleError(PactwireError):
    """A rule file that breaks its format, or a rule that fails its own examples."""


class PipelineError(PactwireError):
    """A pipeline that is not found, or lacks what the components need."""


class VerificationError(PactwireError):
    """A record whose offsets do not replay against its source."""


class GoldError(PactwireError):
    """A gold or prediction file that cannot be scored."""
