"""Instants as people read them: in their own zone and language, never as UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time

from bot.domain.location import Location


def show_moment(at: datetime, *, location: Location, language: str) -> str:
    """Say an instant at a location, such as `Tue, Nov 24, 5:00 PM`."""
    locale = (location.locale if location.language == language else language).replace("-", "_")
    local = at.astimezone(ZoneInfo(location.time_zone))
    day = format_skeleton("MMMEd", local, locale=locale)
    return f"{day}, {format_time(local, 'short', locale=locale)}".replace("\u202f", " ")
