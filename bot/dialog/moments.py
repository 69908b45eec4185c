"""Instants as people read them: in their own zone and language, never as UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from bot.domain.location import Location


def show_moment(at: datetime, *, location: Location, language: str) -> str:
    """Say an instant at a location, such as `Tue, Nov 24, 5:00 PM`."""
    locale = location.locale if location.language == language else language
    local = at.astimezone(ZoneInfo(location.time_zone))
    skeleton = "MMMEdjm" if locale.endswith("US") or locale == "en" else "MMMEdHm"
    return str(format_skeleton(skeleton.replace("j", "h"), local, locale=locale.replace("-", "_"))).replace(
        "\u202f", " "
    )
