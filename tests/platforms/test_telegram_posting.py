import pytest

from bot.chat import (
    Actor,
    Button,
    Choose,
    FileRef,
    ListOut,
    Option,
    Quoted,
    Say,
    Strong,
)
from bot.domain.conversation import Address, Post
from bot.errors import PhotoRefused, RateLimited, TryLater, Unreachable
from bot.playground import telegram_rooms
from bot.playground.telegram_html import draw_html
from bot.playground.telegram_traffic import Fault
from bot.ports import Document
from tests.platforms.conftest import TelegramStage
from tests.platforms.telegram_kit import GO, card, picture, png


async def test_words_are_escaped_and_emphasis_is_drawn(telegram: TelegramStage) -> None:
    """What people typed cannot inject markup; parts become tags."""
    reply = Say(text=("Hi ", Strong(text="<Maria>"), " & ", Quoted(text="a\nb")), rows=GO)
    await telegram.platform.post(telegram.direct, reply)
    (post,) = telegram.posts()
    assert post.text == "Hi <Maria> & \na\nb"
    assert draw_html(post.words, post.entities) == ("Hi <b>&lt;Maria&gt;</b> &amp; \n<blockquote>a\nb</blockquote>")
    assert [key.callback_data for key in post.keys] == ["go:c1:1"]


async def test_long_flood_control_is_the_callers(telegram: TelegramStage) -> None:
    """A pause of half a minute is given back, and until then the chat is not called again."""
    telegram.double.faults.order(Fault("too_many", method="sendMessage", retry_after_s=30))
    for _ in range(2):
        with pytest.raises(RateLimited) as pause:
            await telegram.platform.post(telegram.direct, Say(text=("hello",)))
        assert 29 < pause.value.retry_after_s <= 30
    await telegram.platform.post(telegram.shared, Say(text=("hello",)))
    assert telegram.methods() == ["sendMessage", "sendMessage"]


async def test_choices_and_reports_with_pictures(telegram: TelegramStage) -> None:
    """Thumbnails go as an album above the choice, a chart as a photo with the report under it."""
    options = tuple(
        [
            Option(
                title=f"Template {n}",
                description="Two lines",
                picture=await picture(telegram, n),
                button=Button(label=f"Template {n}", action=f"start:p1:0:{n}"),
            )
            for n in range(3)
        ]
    )
    await telegram.platform.post(telegram.direct, Choose(text=("Pick one:",), options=options, rows=GO))
    *album, choice = telegram.posts()
    assert [post.caption for post in album] == ["Template 0", "Template 1", "Template 2"]
    assert [key.label for key in choice.keys] == ["Template 0", "Template 1", "Template 2", "Go"]
    report = ListOut(title=("Campaigns",), lines=(("North: ", Strong(text="3")),), picture=await picture(telegram, 9))
    await telegram.platform.post(telegram.direct, report)
    assert telegram.posts()[-1].caption == "Campaigns\n• North: 3"


async def test_originals_go_as_documents(telegram: TelegramStage) -> None:
    """An original arrives byte for byte under its name."""
    original = Document(name="weekend-square.png", media_type="image/png", data=png(7), caption="Square")
    post_id = await telegram.platform.post_document(telegram.direct, original)
    (post,) = telegram.posts()
    assert post.ref.message_id == int(post_id)
    assert post.attachment is not None
    assert (post.attachment.kind, post.attachment.name) == ("document", "weekend-square.png")
    assert post.attachment.data == png(7)


async def test_short_flood_control_is_waited_out(telegram: TelegramStage) -> None:
    """A pause of a second is kept and the post repeated; a long one is the caller's."""
    telegram.double.faults.order(Fault("too_many", method="sendMessage", retry_after_s=1))
    await telegram.platform.post(telegram.direct, Say(text=("hello",)))
    assert [post.text for post in telegram.posts()] == ["hello"]


async def test_outages_and_closed_chats_are_told_apart(telegram: TelegramStage) -> None:
    """An outage is for later; a blocked, unknown or forbidden chat is closed."""
    telegram.double.faults.order(Fault("outage", method="sendMessage"))
    with pytest.raises(TryLater):
        await telegram.platform.post(telegram.direct, Say(text=("hello",)))
    telegram_rooms.block(telegram.double.world, telegram.maria.user_id)
    with pytest.raises(Unreachable):
        await telegram.platform.post(telegram.direct, Say(text=("hello",)))
    with pytest.raises(Unreachable):
        await telegram.platform.post(telegram.at(42), Say(text=("hello",)))


async def test_a_group_that_moved_is_followed(telegram: TelegramStage) -> None:
    """After a group became a supergroup, posts for the old one reach the new one."""
    old = telegram.double.state.add_group("Region", members=(telegram.sam,), is_basic=True)
    fresh = telegram_rooms.migrate(telegram.double.world, old.chat_id)
    placed = await telegram.platform.place(telegram.at(old.chat_id), card(await picture(telegram)))
    assert placed.address.conversation_id == str(fresh)
    assert len(telegram.posts(fresh)) == 1


async def test_a_direct_chat_must_have_been_opened(telegram: TelegramStage) -> None:
    """Telegram lets nobody be written to who has not started the bot."""
    workspace = telegram.direct.workspace
    maria = Actor(user_id=str(telegram.maria.user_id))
    assert await telegram.platform.direct_address(maria, workspace) == telegram.direct
    for stranger in (str(telegram.sam.user_id), "U0SAM00001"):
        with pytest.raises(Unreachable):
            await telegram.platform.direct_address(Actor(user_id=stranger), workspace)


async def test_large_files_are_refused_before_and_after_asking(telegram: TelegramStage) -> None:
    """Telegram hands out 20 MB at most; a file it no longer has is no picture."""
    with pytest.raises(PhotoRefused) as refused:
        await telegram.platform.fetch(FileRef(file_id="x", size_bytes=21 * 1024 * 1024))
    assert refused.value.reason == "too_large"
    with pytest.raises(PhotoRefused):
        await telegram.platform.fetch(FileRef(file_id="unknown"))


async def test_a_post_to_a_topic_lands_in_it(telegram: TelegramStage) -> None:
    """A topic's address is posted to as a topic, and its card's thread is a chain inside it."""
    forum = telegram.double.state.add_group("Region", members=(telegram.sam,), is_forum=True)
    topic_id = telegram.double.state.add_topic(forum.chat_id, "Offers")
    address: Address = telegram.at(forum.chat_id).model_copy(update={"thread_id": str(topic_id)})
    placed: Post = await telegram.platform.place(address, card(await picture(telegram)))
    await telegram.platform.post(telegram.platform.thread_of(placed), Say(text=("under it",)))
    first, second = telegram.posts(forum.chat_id)
    assert first.topic_id == second.topic_id == topic_id
    assert second.reply_to == first.ref.message_id
