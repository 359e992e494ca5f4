"""The table of readers: what the `read:` of a rule names."""

from collections.abc import Callable

from extract.components.dates.calendar import (
    read_calendar,
    read_numeric,
    read_range,
    read_year,
)
from extract.components.dates.eras import (
    read_century,
    read_decade,
    read_half,
    read_quarter,
    read_season,
)
from extract.components.dates.periods import Reading
from extract.components.dates.relative import read_count, read_shift, read_weekday
from extract.components.dates.words import Context, Expression

Reader = Callable[[Expression, Context], Reading | None]

READERS: dict[str, Reader] = {
    "calendar": read_calendar,
    "numeric": read_numeric,
    "year": read_year,
    "range": read_range,
    "weekday": read_weekday,
    "shift": read_shift,
    "count": read_count,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "decade": read_decade,
    "century": read_century,
}
NOTHING = "nothing"
