"""Pictures, cards and presses that the Telegram tests share."""

from bot.chat import Button, Card, Incoming, Line, Picture, Pressed, Quoted, Strong
from bot.domain.conversation import View
from bot.domain.ids import CampaignId
from bot.playground.telegram_state import PostRef
from tests.platforms.conftest import TelegramStage

GO = ((Button(label="Go", action="go:c1:1"),),)


def png(number: int = 0) -> bytes:
    """Build the beginning of a PNG that differs by its number."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\x38\0\0\x04\x38\x08\x06\0\0\0" + bytes([number])


async def picture(stage: TelegramStage, number: int = 0, title: str = "Square") -> Picture:
    """Store a picture and return it."""
    digest = await stage.media.put(png(number))
    return Picture(digest=digest, alt="Two for one", width_px=1080, height_px=1080, media_type="image/png", title=title)


def card(*pictures: Picture, view: View = View.OWNER, value: str = "20%", revision: int = 1) -> Card:
    """Build a card of a campaign."""
    return Card(
        campaign_id=CampaignId("c1"),
        revision=revision,
        view=view,
        title=(Strong(text="Weekend offer"), " · Maria & Sons"),
        status=("Draft",),
        pictures=pictures,
        lines=(Line(label="Discount", value=(Quoted(text=value),), mark="unconfirmed", note="please check"),),
        rows=GO,
    )


async def pressed(stage: TelegramStage, post_id: str, *, chat_id: int | None = None) -> Incoming:
    """Let Maria press a button and return the event."""
    chat = chat_id or stage.maria.user_id
    stage.double.people.press_data(stage.maria.user_id, PostRef(chat, int(post_id)), "go:c1:1")
    incoming = await stage.settles()
    assert isinstance(incoming.content, Pressed)
    return incoming
