import pytest

from bot.domain.conversation import View
from bot.errors import PostGone, TryLater
from bot.playground.telegram_state import PostRef
from bot.playground.telegram_traffic import Fault
from tests.platforms.conftest import TelegramStage
from tests.platforms.telegram_kit import card, picture, png


async def test_an_owners_card_is_one_photo_edited_in_place(telegram: TelegramStage) -> None:
    """Picture, words and buttons change together; the same again changes nothing and is no error."""
    first, second = await picture(telegram, 1), await picture(telegram, 2)
    placed = await telegram.platform.place(telegram.direct, card(first))
    await telegram.platform.redraw(placed, card(first))
    await telegram.platform.redraw(placed, card(second, value="25%", revision=2))
    (post,) = telegram.posts()
    assert post.ref.message_id == int(placed.post_id)
    assert post.attachment is not None
    assert post.attachment.data == png(2)
    assert "◌ Discount: 25% (please check)" in post.words
    assert len(telegram.double.state.files.all()) == 2


async def test_an_approvers_card_stands_under_its_album(telegram: TelegramStage) -> None:
    """Every format is shown in an album; the card below has the buttons and is the one that is edited."""
    formats = [await picture(telegram, number, title) for number, title in enumerate(("Square", "Story", "Wide"))]
    placed = await telegram.platform.place(telegram.shared, card(*formats, view=View.APPROVER))
    *album, last = telegram.posts(telegram.group.chat_id)
    assert [post.caption for post in album] == ["Square", "Story", "Wide"]
    assert len({post.album_id for post in album}) == 1
    assert last.ref.message_id == int(placed.post_id)
    await telegram.platform.redraw(placed, card(*formats, view=View.APPROVER, value="30%"))
    assert len(telegram.posts(telegram.group.chat_id)) == 4
    assert "30%" in telegram.double.state.post(last.ref).words
    assert [key.label for key in last.keys] == ["Go"]


async def test_an_album_is_not_repeated_when_only_the_card_failed(telegram: TelegramStage) -> None:
    """After an outage in the middle the next try posts the card alone."""
    formats = [await picture(telegram, number) for number in range(2)]
    telegram.double.faults.order(Fault("outage", method="sendMessage"))
    with pytest.raises(TryLater):
        await telegram.platform.place(telegram.shared, card(*formats))
    await telegram.platform.place(telegram.shared, card(*formats))
    assert telegram.methods() == ["sendMediaGroup", "sendMessage", "sendMessage"]


async def test_an_album_that_was_missing_is_added_under_the_card(telegram: TelegramStage) -> None:
    """An approver's card whose previews failed gets them as replies once they are drawn."""
    placed = await telegram.platform.place(telegram.shared, card(view=View.APPROVER))
    formats = [await picture(telegram, number) for number in range(2)]
    await telegram.platform.redraw(placed, card(*formats, view=View.APPROVER))
    await telegram.platform.redraw(placed, card(*formats, view=View.APPROVER))
    _, *album = telegram.posts(telegram.group.chat_id)
    assert [post.reply_to for post in album] == [int(placed.post_id)] * 2


async def test_a_card_without_a_picture_gets_it_later(telegram: TelegramStage) -> None:
    """A preview that failed is words first, and the picture joins the same post."""
    placed = await telegram.platform.place(telegram.direct, card())
    await telegram.platform.redraw(placed, card(await picture(telegram)))
    (post,) = telegram.posts()
    assert post.attachment is not None
    await telegram.platform.redraw(placed, card(value="30%"))
    (post,) = telegram.posts()
    assert "30%" in (post.caption or "")


async def test_a_card_that_is_gone_says_so(telegram: TelegramStage) -> None:
    """A deleted post cannot be edited; the caller places the card anew."""
    placed = await telegram.platform.place(telegram.direct, card(await picture(telegram)))
    telegram.double.state.remove(PostRef(telegram.maria.user_id, int(placed.post_id)))
    with pytest.raises(PostGone):
        await telegram.platform.redraw(placed, card(await picture(telegram, 2)))


async def test_pictures_are_uploaded_once(telegram: TelegramStage) -> None:
    """The second card with a picture sends its id; a forgotten id is uploaded anew."""
    shown = await picture(telegram)
    await telegram.platform.place(telegram.direct, card(shown))
    await telegram.platform.place(telegram.direct, card(shown))
    assert len(telegram.double.state.files.all()) == 1
    telegram.double.faults.order(
        Fault("refuse", method="sendPhoto", sentence="wrong file identifier/HTTP URL specified")
    )
    await telegram.platform.place(telegram.direct, card(shown))
    assert len(telegram.double.state.files.all()) == 2
