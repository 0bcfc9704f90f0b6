"""Dates as a rulebook writes them: a year, a month, or a day."""

from datetime import date, timedelta


def today() -> date:
    """Give the date of today. Tests put another in its place."""
    return date.today()


def first_day(written: str) -> date | None:
    """Give the first day of a year, month or day such as 2020, 2020-11 or 2020-11-21; None if it is no date."""
    try:
        return date.fromisoformat(written + "0000-01-01"[len(written) :]) if len(written) in {4, 7, 10} else None
    except ValueError:
        return None


def in_future(written: str) -> bool:
    """Say whether a date is still to come. A day's grace is given, for it may be tomorrow elsewhere."""
    day = first_day(written)
    return day is not None and day > today() + timedelta(days=1)


def past(written: str, day: date) -> bool:
    """Say whether a year, month or day was over before a day. False for what is no date."""
    return first_day(written) is not None and written < day.isoformat()[: len(written)]


def in_words(written: str) -> str:
    """Give a year, month or day as people write it, such as September 2022; what is no date as it is."""
    day = first_day(written)
    if day is None or len(written) == 4:
        return written
    return f"{day.day} {day:%B} {day.year}" if len(written) == 10 else f"{day:%B} {day.year}"


def year_before(day: date) -> date:
    """Give the same day a year before; of 29 February, the day before it."""
    return day.replace(year=day.year - 1, day=min(day.day, 28 if day.month == 2 else 31))
