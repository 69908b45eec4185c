from datetime import date, timedelta

import pytest
from babel.dates import format_date

from bot.domain.reading import Reading
from bot.errors import Unreadable
from bot.slots.dates import Period, read_period
from tests.slots.readers import EN, ES, FR, MONDAY, ask, offers, reader

SURE = [
    (EN, "tomorrow", "2026-11-24 2026-11-24"),
    (EN, "Friday", "2026-11-27 2026-11-27"),
    (EN, "this Friday", "2026-11-27 2026-11-27"),
    (EN, "next Monday", "2026-11-30 2026-11-30"),
    (EN, "this weekend", "2026-11-28 2026-11-29"),
    (EN, "Dec 4-6", "2026-12-04 2026-12-06"),
    (EN, "dec 1-15", "2026-12-01 2026-12-15"),
    (EN, "Dec 1 to Dec 15", "2026-12-01 2026-12-15"),
    (EN, "4–6 December, 2026", "2026-12-04 2026-12-06"),
    (EN, "Dec 30 - Jan 2", "2026-12-30 2027-01-02"),
    (EN, "Dec 30 - Jan 2, 2027", "2026-12-30 2027-01-02"),
    (EN, "until Dec 24", "2026-11-23 2026-12-24"),
    (EN, "until the 24th", "2026-11-23 2026-11-24"),
    (EN, "from Friday to Sunday", "2026-11-27 2026-11-29"),
    (EN, "Fri-Sun", "2026-11-27 2026-11-29"),
    (EN, "Saturday and Sunday", "2026-11-28 2026-11-29"),
    (EN, "the 15th", "2026-12-15 2026-12-15"),
    (EN, "12/4-12/6", "2026-12-04 2026-12-06"),
    (EN, "12/04/2026", "2026-12-04 2026-12-04"),
    (EN, "in two weeks", "2026-12-07 2026-12-07"),
    (EN, "December", "2026-12-01 2026-12-31"),
    (EN, "until the end of the month", "2026-11-23 2026-11-30"),
    (EN, "the end of December 2026", "2026-12-31 2026-12-31"),
    (EN, "all of December", "2026-12-01 2026-12-31"),
    (EN, "tomorrow, Tuesday", "2026-11-24 2026-11-24"),
    (EN, "the weekend", "2026-11-28 2026-11-29"),
    (EN, "Friday the 4th", "2026-12-04 2026-12-04"),
    (EN, "this month", "2026-11-23 2026-11-30"),
    (EN, "next month", "2026-12-01 2026-12-31"),
    (ES, "mañana", "2026-11-24 2026-11-24"),
    (ES, "manana", "2026-11-24 2026-11-24"),
    (ES, "este fin de semana", "2026-11-28 2026-11-29"),
    (ES, "del 4 al 6 de diciembre", "2026-12-04 2026-12-06"),
    (ES, "hasta el 24 de diciembre", "2026-11-23 2026-12-24"),
    (ES, "de viernes a domingo", "2026-11-27 2026-11-29"),
    (ES, "sábado y domingo", "2026-11-28 2026-11-29"),
    (ES, "primero de enero", "2027-01-01 2027-01-01"),
    (ES, "13/12", "2026-12-13 2026-12-13"),
    (FR, "après-demain", "2026-11-25 2026-11-25"),
    (FR, "aujourd’hui", "2026-11-23 2026-11-23"),
    (FR, "cette fin de semaine", "2026-11-28 2026-11-29"),
    (FR, "du 4 au 6 décembre", "2026-12-04 2026-12-06"),
    (FR, "jusqu’au 24", "2026-11-23 2026-11-24"),
    (FR, "1er janvier", "2027-01-01 2027-01-01"),
    (FR, "1 juill. 2027", "2027-07-01 2027-07-01"),
    (FR, "2026-12-04", "2026-12-04 2026-12-04"),
    (FR, "this weekend", "2026-11-28 2026-11-29"),
]
ASKED = [
    (EN, "Monday", ["2026-11-23", "2026-11-30"]),
    (EN, "next Friday", ["2026-11-27", "2026-12-04"]),
    (EN, "next week", ["2026-11-30", "2026-11-30"]),
    (EN, "this week", ["2026-11-23", "2026-11-23"]),
    (EN, "next weekend", ["2026-11-28", "2026-12-05"]),
    (EN, "Nov 20", ["2027-11-20"]),
    (EN, "Nov 20-25", ["2026-11-23"]),
    (EN, "Friday Dec 5", ["2026-12-05", "2026-12-04"]),
    (EN, "the 23rd", ["2026-11-23", "2026-12-23"]),
    (EN, "from the 20th to the 25th", ["2026-11-23", "2026-12-20"]),
    (ES, "4/12", ["2026-12-04", "2027-04-12"]),
    (ES, "mar 4", ["2027-03-04", "2026-12-04", "2026-12-01"]),
    (FR, "vendredi prochain", ["2026-11-27", "2026-12-04"]),
]
REFUSED = [
    ("Friday 5pm", "not_a_date"),
    ("9.99", "not_a_date"),
    ("4-6", "not_a_date"),
    ("not on Sunday", "not_a_date"),
    ("before Friday", "not_a_date"),
    ("the 15th of next month", "not_a_date"),
    ("Dec 4, 5 and 6", "not_a_date"),
    ("from Friday", "no_end"),
    ("Feb 30", "no_such_day"),
    ("Dec 6-4", "ends_before_start"),
    ("Friday and Sunday", "days_apart"),
    ("Dec 4, 2025", "date_past"),
    ("Dec 4, 2029", "date_too_far"),
]


@pytest.mark.parametrize(("reading", "text", "period"), SURE, ids=lambda each: each if isinstance(each, str) else "")
def test_what_people_say_is_read(reading: Reading, text: str, period: str) -> None:
    """Days and periods in three languages have one meaning on a given Monday."""
    assert " ".join(map(str, ask("date_range", text, reading).values())) == period


@pytest.mark.parametrize(("reading", "text", "firsts"), ASKED, ids=lambda each: each if isinstance(each, str) else "")
def test_what_has_two_meanings_is_asked_about(reading: Reading, text: str, firsts: list[str]) -> None:
    """Nothing is guessed: every meaning is offered, likeliest first."""
    assert offers("date_range", text, reading) == firsts


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_not_wholly_understood_is_refused_with_its_reason(text: str, reason: str) -> None:
    """A word left unread means that the whole answer is asked for again."""
    with pytest.raises(Unreadable) as refusal:
        ask("date_range", text)
    assert refusal.value.reason == reason


def test_a_day_named_today_is_asked_about() -> None:
    """On a Friday, `Friday` may be today or in a week; `this Friday` is today."""
    friday = reader("en-US", today=date(2026, 11, 27))
    assert offers("date", "Friday", friday) == ["2026-11-27", "2026-12-04"]
    assert ask("date", "this Friday", friday) == {"day": "2026-11-27"}


def test_on_a_sunday_this_weekend_is_asked_about() -> None:
    """It may be the rest of this one or the one to come."""
    sunday = reader("en-US", today=date(2026, 11, 29))
    assert offers("date_range", "this weekend", sunday) == ["2026-11-29", "2026-12-05"]


def test_a_date_slot_takes_the_day_something_starts() -> None:
    """`From Friday` is a first day; a period needs its last one, too."""
    assert ask("date", "from Friday") == {"day": "2026-11-27"}


def test_a_period_for_a_single_day_offers_its_days() -> None:
    """A weekend in a date slot becomes two buttons; a month does not."""
    assert offers("date", "this weekend") == ["2026-11-28", "2026-11-29"]
    with pytest.raises(Unreadable, match="one_day_only"):
        ask("date", "December")


def test_a_slot_limits_length_and_lead() -> None:
    """The slot's own limits are kept, and named."""
    with pytest.raises(Unreadable, match="too_many_days"):
        ask("date_range", "Dec 1-15", max_days=10)
    with pytest.raises(Unreadable, match="date_too_far"):
        ask("date", "Dec 15", days_ahead=7)


def test_a_british_reader_writes_the_day_first() -> None:
    """The order of figures follows the locale."""
    assert ask("date", "4/12", reader("en-GB")) == {"day": "2026-12-04"}
    assert ask("date", "4/12", EN) == {"day": "2027-04-12"}


@pytest.mark.parametrize("locale", ["en-US", "en-GB", "en-CA", "es-US", "es-MX", "fr-CA", "fr-FR"])
def test_no_way_to_write_a_day_is_misread(locale: str) -> None:
    """CLDR's forms of every day of a year are read as that day, or asked about with that day among the answers."""
    reading = reader(locale)
    asked = 0
    for ahead in range(0, 270, 3):
        day = MONDAY + timedelta(days=ahead)
        for form in ("short", "medium", "long", "full", "d MMMM", "MMM d", "EEE d MMM"):
            found = read_period(str(format_date(day, form, locale=reading.babel_locale)), reading)
            assert Period(day, day) in found.periods, (form, day)
            asked += not found.is_sure
    assert asked < 90
