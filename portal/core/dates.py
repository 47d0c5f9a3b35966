"""Days and times in the reader's own zone and language, made fast by small tables.

The names are read once from the Unicode locale data, and what was worked out is remembered: a
thread shows fifty of them, again and again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel import Locale

_CLDR = {"en": "en_GB", "nb": "nb_NO"}
_AFTER_DAY = {"en": "", "nb": "."}
_NEAR = {
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
    "nb": {-1: "i går", 0: "i dag", 1: "i morgen"},
}


class Names(NamedTuple):
    """What a language calls its days and months; weekdays count from Monday, months from 1."""

    weekdays: tuple[str, ...]
    short_weekdays: tuple[str, ...]
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    after_day: str
    near: dict[int, str]


@dataclass(frozen=True, slots=True)
class Local:
    """Where and when the reader is: their zone, their language and the instant of this page."""

    zone: ZoneInfo
    language: str
    now: datetime
    today: date = field(init=False)

    def __post_init__(self) -> None:
        """Work out once which day it is where the reader is."""
        object.__setattr__(self, "today", self.now.astimezone(self.zone).date())

    def day(self, value: date) -> str:
        """``Thursday 26 November``; the year too when it is not this one."""
        return _day_text(self.language, self._date(value), self.today.year)

    def whole_day(self, value: date) -> str:
        """``Thursday 26 November 2026``: always with its year, for what is kept on paper."""
        return _day_text(self.language, self._date(value), 0)

    def short_day(self, value: date) -> str:
        """``Thu 26 Nov``; the year too when it is not this one."""
        return _short_day_text(self.language, self._date(value), self.today.year)

    def plain_day(self, value: date) -> str:
        """``26 November``; the year too when it is not this one."""
        return _plain_day_text(self.language, self._date(value), self.today.year)

    def near_day(self, value: date) -> str:
        """``today``, ``tomorrow``, ``yesterday``, else ``Tue 24 Nov``."""
        return _near_day_text(self.language, self._date(value), self.today)

    def weekday(self, value: date | int) -> str:
        """``Thursday``, of a day or of a number that counts from Monday as 0."""
        number = value if isinstance(value, int) else self._date(value).weekday()
        return names_of(self.language).weekdays[number]

    def clock(self, value: datetime | time) -> str:
        """``09:10``."""
        return _clock_text(self.zone, value)

    def when(self, value: datetime) -> str:
        """``today 09:10``, ``yesterday 21:42``, else ``Tue 24 Nov 09:10``; never "3 hours ago"."""
        return _when_text(self.zone, self.language, value, self.today)

    def span(self, start: date, end: date) -> str:
        """From one day or instant to another: ``12–25 November``, ``Thu 26 Nov 09:00–10:00``."""
        if isinstance(start, datetime) and isinstance(end, datetime):
            return self._span_of_instants(start, end)
        first, last = self._date(start), self._date(end)
        if first == last:
            return self.plain_day(first)
        if (first.year, first.month) == (last.year, last.month):
            after = names_of(self.language).after_day
            return f"{first.day}{after}–{self.plain_day(last)}"
        return f"{self.plain_day(first)} – {self.plain_day(last)}"

    def _span_of_instants(self, start: datetime, end: datetime) -> str:
        from_text = f"{self.short_day(start)} {self.clock(start)}"
        if self._date(start) == self._date(end):
            return f"{from_text}–{self.clock(end)}"
        return f"{from_text} – {self.short_day(end)} {self.clock(end)}"

    def _date(self, value: date) -> date:
        return _date_there(self.zone, value) if isinstance(value, datetime) else value


_reader: ContextVar[Local | None] = ContextVar("reader", default=None)


@contextmanager
def reading_in(local: Local) -> Iterator[None]:
    """Show every date below in this reader's zone and language."""
    token = _reader.set(local)
    try:
        yield
    finally:
        _reader.reset(token)


def reader() -> Local:
    """The reader of the page that is being made; universal time and English outside of one."""
    return _reader.get() or Local(ZoneInfo("UTC"), "en", datetime.now(UTC))


@lru_cache
def names_of(language: str) -> Names:
    """The names of days and months in a language the portal knows, else in English."""
    language = language if language in _CLDR else "en"
    locale = Locale.parse(_CLDR[language])
    days, months = locale.days["format"], locale.months["format"]
    return Names(
        tuple(days["wide"][number] for number in range(7)),
        tuple(days["abbreviated"][number].removesuffix(".") for number in range(7)),
        tuple(months["wide"].get(number, "") for number in range(13)),
        tuple(_short_month(months["abbreviated"].get(number, "")) for number in range(13)),
        _AFTER_DAY[language],
        _NEAR[language],
    )


def _short_month(name: str) -> str:
    return "Sep" if name == "Sept" else name


@lru_cache(maxsize=8192)
def _when_text(zone: ZoneInfo, language: str, value: datetime, today: date) -> str:
    day = _near_day_text(language, _date_there(zone, value), today)
    return f"{day} {_clock_text(zone, value)}"


@lru_cache(maxsize=8192)
def _clock_text(zone: ZoneInfo, value: datetime | time) -> str:
    at = value.astimezone(zone) if isinstance(value, datetime) else value
    return f"{at.hour:02d}:{at.minute:02d}"


@lru_cache(maxsize=8192)
def _date_there(zone: ZoneInfo, value: datetime) -> date:
    return value.astimezone(zone).date()


@lru_cache(maxsize=4096)
def _day_text(language: str, on: date, this_year: int) -> str:
    return f"{names_of(language).weekdays[on.weekday()]} {_plain_day_text(language, on, this_year)}"


@lru_cache(maxsize=4096)
def _plain_day_text(language: str, on: date, this_year: int) -> str:
    names = names_of(language)
    text = f"{on.day}{names.after_day} {names.months[on.month]}"
    return text if on.year == this_year else f"{text} {on.year}"


@lru_cache(maxsize=4096)
def _short_day_text(language: str, on: date, this_year: int) -> str:
    names = names_of(language)
    weekday = names.short_weekdays[on.weekday()]
    text = f"{weekday} {on.day}{names.after_day} {names.short_months[on.month]}"
    return text if on.year == this_year else f"{text} {on.year}"


@lru_cache(maxsize=4096)
def _near_day_text(language: str, on: date, today: date) -> str:
    distance = (on - today) // timedelta(days=1)
    near = names_of(language).near.get(distance)
    return near or _short_day_text(language, on, today.year)
