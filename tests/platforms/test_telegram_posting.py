import pytest

from bot.chat import (
    Actor,
    Ask,
    Button,
    Card,
    Choose,
    Done,
    FileRef,
    Incoming,
    Line,
    ListOut,
    Option,
    Picture,
    Pressed,
    Quiet,
    Quoted,
    Refuse,
    Say,
    Strong,
    Typed,
)
from bot.domain.conversation import Address, Post, View
from bot.domain.ids import CampaignId
from bot.errors import PhotoRefused, PostGone, RateLimited, TryLater, Unreachable
from bot.playground import telegram_rooms
from bot.playground.telegram_html import draw_html
from bot.playground.telegram_state import PostRef
from bot.playground.telegram_traffic import Fault
from bot.ports import Document
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


async def test_words_are_escaped_and_emphasis_is_drawn(telegram: TelegramStage) -> None:
    """What people typed cannot inject markup; parts become tags."""
    reply = Say(text=("Hi ", Strong(text="<Maria>"), " & ", Quoted(text="a\nb")), rows=GO)
    await telegram.platform.post(telegram.direct, reply)
    (post,) = telegram.posts()
    assert post.text == "Hi <Maria> & \na\nb"
    assert draw_html(post.words, post.entities) == ("Hi <b>&lt;Maria&gt;</b> &amp; \n<blockquote>a\nb</blockquote>")
    assert [key.callback_data for key in post.keys] == ["go:c1:1"]


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


async def test_long_flood_control_is_the_callers(telegram: TelegramStage) -> None:
    """A pause of half a minute is given back, and until then the chat is not called again."""
    telegram.double.faults.order(Fault("too_many", method="sendMessage", retry_after_s=30))
    for _ in range(2):
        with pytest.raises(RateLimited) as pause:
            await telegram.platform.post(telegram.direct, Say(text=("hello",)))
        assert 29 < pause.value.retry_after_s <= 30
    await telegram.platform.post(telegram.shared, Say(text=("hello",)))
    assert telegram.methods() == ["sendMessage", "sendMessage"]


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


async def test_a_short_private_answer_answers_the_press(telegram: TelegramStage) -> None:
    """What only the presser should read is shown to the presser, not posted."""
    placed = await telegram.platform.place(telegram.shared, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id, chat_id=telegram.group.chat_id)
    await telegram.platform.post(
        cause.address, Refuse(text=("Sam approved it at 9:05.",), is_private=True), cause=cause
    )
    (shown,) = telegram.double.state.answers_to(telegram.maria.user_id)
    assert shown.answer == "Sam approved it at 9:05."
    assert len(telegram.posts(telegram.group.chat_id)) == 1
    assert telegram.posts() == []


async def test_a_long_private_answer_goes_to_the_direct_chat(telegram: TelegramStage) -> None:
    """Too long for a press's answer, it is written to the person alone; the spinner stops."""
    placed = await telegram.platform.place(telegram.shared, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id, chat_id=telegram.group.chat_id)
    await telegram.platform.post(cause.address, Done(text=("word " * 60,), is_private=True), cause=cause)
    assert len(telegram.posts()) == 1
    (shown,) = telegram.double.state.answers_to(telegram.maria.user_id)
    assert shown.answer == ""


async def test_a_stranger_without_a_direct_chat_gets_it_shortened(telegram: TelegramStage) -> None:
    """Who never opened the bot can still be answered on the press, in 200 characters."""
    placed = await telegram.platform.place(telegram.shared, card(await picture(telegram)))
    telegram.double.people.press_data(
        telegram.sam.user_id, PostRef(telegram.group.chat_id, int(placed.post_id)), "go:c1:1"
    )
    cause = await telegram.settles()
    await telegram.platform.post(cause.address, Refuse(text=("x" * 300,), is_private=True), cause=cause)
    (shown,) = telegram.double.state.answers_to(telegram.sam.user_id)
    assert shown.answer == "x" * 199 + "…"


async def test_a_press_too_old_to_answer_is_answered_in_the_chat(telegram: TelegramStage) -> None:
    """After a restart the query has expired; the words still arrive."""
    placed = await telegram.platform.place(telegram.direct, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id)
    telegram.double.people.expire_presses()
    await telegram.platform.post(cause.address, Say(text=("Too late.",), is_private=True), cause=cause)
    assert telegram.posts()[-1].text == "Too late."


async def test_a_toast_and_a_public_answer_both_stop_the_spinner(telegram: TelegramStage) -> None:
    """Each press is answered exactly once, before anything is posted."""
    placed = await telegram.platform.place(telegram.direct, card(await picture(telegram)))
    for reply in (Quiet(toast="Saved"), Say(text=("Which dates?",))):
        cause = await pressed(telegram, placed.post_id)
        await telegram.platform.post(cause.address, reply, cause=cause)
    answers = telegram.double.state.answers_to(telegram.maria.user_id)
    assert [each.answer for each in answers] == ["Saved", ""]
    assert telegram.methods()[-3:] == ["answerCallbackQuery", "answerCallbackQuery", "sendMessage"]


async def test_in_a_group_answers_hang_under_the_card(telegram: TelegramStage) -> None:
    """A question after a press, and what is posted to a card's thread, are replies to the card."""
    placed = await telegram.platform.place(telegram.shared, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id, chat_id=telegram.group.chat_id)
    await telegram.platform.post(cause.address, Ask(text=("What should change?",), hint="Your words"), cause=cause)
    await telegram.platform.post(telegram.platform.thread_of(placed), Say(text=("It still waits.",)))
    _, question, reminder = telegram.posts(telegram.group.chat_id)
    assert question.reply_to == reminder.reply_to == int(placed.post_id)
    assert question.other_markup == "force_reply"
    telegram.double.people.say(
        telegram.sam.user_id, telegram.group.chat_id, "Less red", reply_to=question.ref.message_id
    )
    answer = await telegram.settles()
    assert answer.address == telegram.platform.thread_of(placed)


async def test_who_was_asked_in_a_group_may_answer_without_replying(telegram: TelegramStage) -> None:
    """The next words of that person, and only theirs, belong to the card's chain, even when they come twice."""
    placed = await telegram.platform.place(telegram.shared, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id, chat_id=telegram.group.chat_id)
    await telegram.platform.post(cause.address, Ask(text=("What should change?",), rows=GO), cause=cause)
    telegram.double.updates.disturb(copies=2)
    telegram.double.people.say(telegram.sam.user_id, telegram.group.chat_id, "nice weather")
    telegram.double.people.say(telegram.maria.user_id, telegram.group.chat_id, "Less red")
    telegram.double.people.say(telegram.maria.user_id, telegram.group.chat_id, "nice weather indeed")
    answer = await telegram.settles()
    assert answer.content == Typed(text="Less red", reply_to=placed.post_id)
    assert answer.address == telegram.platform.thread_of(placed)


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
