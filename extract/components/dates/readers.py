"""The table of readers: what the `read:` of a rule names."""

from collections.abc import Callable

from extract.components.dates.calendar import (
    read_calendar,
    read_range,
)
from extract.components.dates.clock import read_clock, read_part_of_day
from extract.components.dates.counted import read_day_of_month, read_nth, read_week_of
from extract.components.dates.eras import (
    read_century,
    read_decade,
    read_half,
    read_quarter,
    read_same_quarter,
    read_season,
)
from extract.components.dates.holidays import read_holiday
from extract.components.dates.numeric import read_mixed, read_numeric
from extract.components.dates.periods import Reading
from extract.components.dates.relative import (
    read_count,
    read_shift,
    read_weekday,
)
from extract.components.dates.spans import read_duration, read_reference, read_set
from extract.components.dates.words import Context, Expression
from extract.components.dates.years import read_bc_year, read_fiscal_year, read_year

Reader = Callable[[Expression, Context], Reading | None]

READERS: dict[str, Reader] = {
    "calendar": read_calendar,
    "numeric": read_numeric,
    "year": read_year,
    "fiscal_year": read_fiscal_year,
    "bc_year": read_bc_year,
    "holiday": read_holiday,
    "clock": read_clock,
    "part_of_day": read_part_of_day,
    "range": read_range,
    "weekday": read_weekday,
    "shift": read_shift,
    "day_of_month": read_day_of_month,
    "nth": read_nth,
    "week_of": read_week_of,
    "mixed": read_mixed,
    "count": read_count,
    "quarter": read_quarter,
    "same_quarter": read_same_quarter,
    "half": read_half,
    "season": read_season,
    "decade": read_decade,
    "century": read_century,
    "duration": read_duration,
    "set": read_set,
    "reference": read_reference,
}
NOTHING = "nothing"
