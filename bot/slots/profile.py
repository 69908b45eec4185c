"""Slot type `profile`: a line of the location's own profile (address, hours, phone), filled by itself."""

from bot.slots.slot_type import Widget
from bot.slots.text import LongTextType


class ProfileType(LongTextType):
    """A line or two that headquarters keeps for the location."""

    name = "profile"
    widget: Widget = "none"
