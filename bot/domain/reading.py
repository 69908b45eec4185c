"""What a slot type needs to know to read and show a value: locale, zone, currency, today."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.frozen import Frozen
from bot.domain.location import Location


class Reading(Frozen):
    """The reader's surroundings; pure data, so that parsing never asks a clock."""

    locale: str
    """BCP 47 with region: `en-US`, `es-US`, `fr-CA`."""
    currency: str
    time_zone: str
    today: date
    """Civil date at the location."""
    link_hosts: tuple[str, ...] = ()

    @property
    def babel_locale(self) -> str:
        """Give the locale as Babel names it, such as `fr_CA`."""
        return self.locale.replace("-", "_")

    @property
    def country(self) -> str:
        """Give the region of the locale, such as `CA`."""
        return self.locale.split("-")[-1].upper()

    @property
    def zone(self) -> ZoneInfo:
        """Give the location's time zone."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def now_at(cls, location: Location, now: datetime, link_hosts: tuple[str, ...] = ()) -> "Reading":
        """Build the reading of one location at one instant: its own civil day counts."""
        return cls.at(location, now.astimezone(ZoneInfo(location.time_zone)).date(), link_hosts)

    @classmethod
    def at(cls, location: Location, today: date, link_hosts: tuple[str, ...] = ()) -> "Reading":
        """Build the reading of one location on one civil day."""
        return cls(
            locale=location.locale,
            currency=location.currency,
            time_zone=location.time_zone,
            today=today,
            link_hosts=link_hosts,
        )
