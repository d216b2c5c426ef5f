"""Arithmetic on the two Hijri calendars: solar (Iran, Afghanistan) and Islamic (lunar), to Gregorian days and back.

Solar Hijri years begin with the spring equinox. The 33-year rule (leap where ``(25 * year + 11) % 33 < 8``) gives the
days of the equinox worked out by astronomy for the years 1277 to 1501, which is all that this module converts.
Islamic months begin with a moon that somebody saw, so no arithmetic can be exact. Used here is the tabular civil
calendar (11 leap years in 30, epoch 16 July 622 Julian), which lies within two days of the Umm al-Qura calendar.
Both methods: Reingold and Dershowitz, *Calendrical Calculations*. Every month's first day was compared with packages:
jdatetime 6.1, persiantools 6.2 and convertdate 2.5 (solar), convertdate 2.5 (Islamic) give the same days, hijridate 2.6
(Umm al-Qura) days from two earlier to one later. None is worth 15 to 80 ms of import for these two formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_CYCLES = 990
"""Years after which the leap years of both calendars come in the same order again (33 times 30)."""


@dataclass(frozen=True, slots=True)
class HijriCalendar:
    """One of the two calendars. ``approximate`` tells whether its days can be off by one or two."""

    name: str
    approximate: bool
    first_year: int
    last_year: int
    days_before: Callable[[int, int], int]
    """Days from the epoch to the first day of a month (1 to 12) of a year."""
    epoch: date
    """The Gregorian day of 1/1/1."""

    def first_day(self, year: int, month: int = 1) -> date | None:
        """The Gregorian day on which the month begins, or None outside the years that are converted."""
        if not (self.first_year <= year <= self.last_year and 1 <= month <= 12):
            return None
        return self.epoch + timedelta(self.days_before(year, month))

    def last_day(self, year: int, month: int = 12) -> date | None:
        """The Gregorian day on which the month ends; of the year, where no month is given."""
        if self.first_day(year, month) is None:
            return None
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        return self.epoch + timedelta(self.days_before(*following) - 1)

    def day(self, year: int, month: int, day: int) -> date | None:
        """The Gregorian day, or None where the month has no such day.

        Where the moon decides, every month can have a 30th.
        """
        first, last = self.first_day(year, month), self.last_day(year, month)
        if first is None or last is None or day < 1:
            return None
        found = first + timedelta(day - 1)
        return found if found <= last or (self.approximate and day == 30) else None

    def parts(self, gregorian: date) -> tuple[int, int, int] | None:
        """Year, month and day of a Gregorian day, or None outside the years that are converted."""
        days = (gregorian - self.epoch).days
        guess = days * _CYCLES // self.days_before(_CYCLES + 1, 1)
        for year in (guess + 2, guess + 1, guess):
            for month in range(12, 0, -1):
                first = self.first_day(year, month)
                if first is not None and first <= gregorian <= (self.last_day(year, month) or first):
                    return year, month, (gregorian - first).days + 1
        return None


def _solar_days(year: int, month: int) -> int:
    """Six months of 31 days, five of 30, and the last of 29 or 30."""
    return 365 * (year - 1) + (8 * year + 21) // 33 + 31 * min(month - 1, 6) + 30 * max(month - 7, 0)


def _islamic_days(year: int, month: int) -> int:
    """Months of 30 and 29 days by turns; the last has 30 in the 2nd, 5th, 7th, 10th, ... of thirty years."""
    return 354 * (year - 1) + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2


SOLAR = HijriCalendar("Solar Hijri", False, 1277, 1501, _solar_days, date(622, 3, 21))
ISLAMIC = HijriCalendar("Islamic", True, 1100, 1600, _islamic_days, date(622, 7, 19))
