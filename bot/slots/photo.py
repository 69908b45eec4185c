"""Slot type `photo`: a stored picture; it comes as an upload, so typed words are answered with how to send one."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from bot.domain.ids import Digest
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Unreadable
from bot.slots.slot_type import Widget


@dataclass(frozen=True)
class PhotoValue:
    """A checked picture in the media store; `crop` is `auto` until somebody chooses.

    A brand's own sample picture comes without its size (both 0).
    """

    digest: Digest
    width_px: int
    height_px: int
    crop: str = "auto"


class PhotoType:
    """A picture."""

    name = "photo"
    widget: Widget = "photo"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> PhotoValue:
        raise Unreadable("send_a_photo")

    def show(self, value: PhotoValue, reading: Reading, copy: SlotCopy) -> str:
        return f"{value.width_px} × {value.height_px} px" if value.width_px else "✓"

    def typeset(self, value: PhotoValue, reading: Reading, copy: SlotCopy) -> str:
        return ""

    def dump(self, value: PhotoValue) -> dict[str, JsonValue]:
        return {
            "digest": value.digest,
            "width_px": value.width_px,
            "height_px": value.height_px,
            "crop": value.crop,
        }

    def load(self, data: Mapping[str, JsonValue]) -> PhotoValue:
        return PhotoValue(
            digest=Digest(str(data["digest"])),
            width_px=int(str(data.get("width_px") or 0)),
            height_px=int(str(data.get("height_px") or 0)),
            crop=str(data.get("crop") or "auto"),
        )

    def facts(self, value: PhotoValue) -> Mapping[str, JsonValue]:
        return self.dump(value)
