"""What the bot says in Slack: posts, cards, pictures, documents, and what happens when Slack refuses."""

import pytest

from bot.chat import Actor, Button, Card, Choose, FileRef, Incoming, Line, Option, Picture, Quiet, Say, Typed
from bot.domain.conversation import Address, Post, View
from bot.domain.ids import CampaignId
from bot.errors import Misconfigured, PhotoRefused, PostGone, RateLimited, TryLater, Unreachable
from bot.platforms.slack import SlackPlatform
from bot.playground.slack_json import text_at
from bot.playground.slack_state import Post as SeenPost
from bot.ports import Document
from tests.platforms.conftest import PNG, SlackStage


def here(stage: SlackStage, *, thread: str = "") -> Address:
    """Return the channel."""
    return Address(
        platform="slack", workspace="T0GLOCAL01", conversation_id="C0APPROVE1", thread_id=thread, is_direct=False
    )


def seen(stage: SlackStage) -> list[SeenPost]:
    """Return what stands in the channel."""
    return list(stage.double.workspace.standing(stage.channel.id))


async def card(stage: SlackStage, *, revision: int = 1, data: bytes = PNG) -> Card:
    """Return a card with one kept picture."""
    picture = Picture(digest=await stage.keep(data), alt="A croissant", width_px=10, height_px=10, title="Square")
    return Card(
        campaign_id=CampaignId("c1"),
        revision=revision,
        view=View.APPROVER,
        title=("Weekend offer",),
        status=(f"Revision {revision}",),
        pictures=(picture,),
        lines=(Line(label="Price", value=("$4.50",)),),
        rows=((Button(label="Approve", action=f"approve:q1:{revision}"),),),
    )


def typed(stage: SlackStage) -> Incoming:
    """Return an event of Sam's to answer."""
    return Incoming(
        event_id="slack:Ev1",
        actor=Actor(user_id=stage.sam.id),
        address=here(stage),
        content=Typed(text="x"),
        received_at=stage.clock.instant,
    )


async def test_a_card_is_placed_with_its_picture_and_redrawn_in_place(slack: SlackStage) -> None:
    """One post, edited; the picture is uploaded once and shown as a block."""
    post = await slack.platform.place(here(slack), await card(slack))
    await slack.platform.redraw(post, await card(slack, revision=2))
    (shown,) = seen(slack)
    assert shown.ts == post.post_id
    assert "Revision 2" in str(shown.blocks)
    picture = next(block for block in shown.blocks if block["type"] == "image")
    assert slack.double.workspace.files[text_at(picture, "slack_file", "id")].data == PNG
    assert text_at(picture, "alt_text") == "A croissant"
    assert len(slack.double.workspace.files) == 1


async def test_a_picture_slack_refuses_follows_in_the_thread(
    slack: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The card stands without it, its words say what it shows, and the file is shared below."""
    monkeypatch.setattr("bot.platforms.slack_files.POLLS_S", (0.01, 0.02))
    post = await slack.platform.place(here(slack), await card(slack, data=b"not a picture at all"))
    shown, share = seen(slack)
    assert "A croissant" in str(shown.blocks)
    assert share.thread_ts == post.post_id


async def test_a_post_that_is_gone_says_so(slack: SlackStage) -> None:
    """Editing a deleted post raises PostGone, so that the card is placed anew."""
    post = await slack.platform.place(here(slack), await card(slack))
    seen(slack)[0].deleted = True
    with pytest.raises(PostGone):
        await slack.platform.redraw(post, await card(slack, revision=2))


async def test_a_reply_whose_thread_is_gone_goes_to_the_channel(slack: SlackStage) -> None:
    """Words are not lost with a deleted parent."""
    await slack.platform.post(here(slack, thread="1.000001"), Say(text=("still here",)))
    assert [(post.text, post.thread_ts) for post in seen(slack)] == [("still here", None)]


async def test_a_closed_conversation_is_unreachable(slack: SlackStage) -> None:
    """An archive, a channel without us, a person who left."""
    slack.channel.members.remove(slack.double.workspace.bot.id)
    with pytest.raises(Unreachable):
        await slack.platform.post(here(slack), Say(text=("x",)))
    slack.channel.archived = True
    with pytest.raises(Unreachable):
        await slack.platform.place(here(slack), await card(slack))
    slack.sam.deleted = True
    with pytest.raises(Unreachable):
        await slack.platform.direct_address(Actor(user_id=slack.sam.id), "T0GLOCAL01")


async def test_a_pause_slack_asks_for_is_kept_or_passed_on(slack: SlackStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """One 429 is waited out; when it goes on, RateLimited carries the pause."""
    monkeypatch.setattr("slack_sdk.http_retry.builtin_async_handlers.random.random", float)
    slack.double.faults.limit("chat.postMessage", times=1, retry_after_s=0)
    await slack.platform.post(here(slack), Say(text=("late",)))
    assert [post.text for post in seen(slack)] == ["late"]
    slack.double.faults.limit("chat.update", times=5, retry_after_s=0)
    post = Post(address=here(slack), post_id=seen(slack)[0].ts)
    with pytest.raises(RateLimited):
        await slack.platform.redraw(post, await card(slack))


async def test_trouble_at_slack_is_tried_later(slack: SlackStage) -> None:
    """An internal error is not ours."""
    slack.double.faults.fail("chat.postMessage", error="internal_error")
    with pytest.raises(TryLater):
        await slack.platform.post(here(slack), Say(text=("x",)))


async def test_a_private_answer_in_a_channel_is_seen_by_one_person(slack: SlackStage) -> None:
    """Nobody else sees it, and in the thread it stays in the thread."""
    ana = slack.double.workspace.add_person("ana", user_id="U0ANA00001")
    slack.double.people.join(ana.id, slack.channel.id)
    await slack.platform.post(here(slack), Say(text=("psst",), is_private=True), cause=typed(slack))
    workspace = slack.double.workspace
    assert [post.text for post in workspace.seen_by(slack.sam.id, slack.channel.id)] == ["psst"]
    assert workspace.seen_by(ana.id, slack.channel.id) == []


async def test_a_private_post_gives_way_to_its_answer(slack: SlackStage) -> None:
    """A pressed private button does not stay: a private answer replaces it, any other takes it away."""
    offer = Say(text=("Record as approval?",), rows=((Button(label="Yes", action="approve:q1:3"),),), is_private=True)
    workspace = slack.double.workspace

    async def pressed() -> Incoming:
        await slack.platform.post(here(slack), offer, cause=typed(slack))
        private = workspace.seen_by(slack.sam.id, slack.channel.id)[-1]
        assert (await slack.double.people.press(slack.sam.id, private, "Yes")).is_ok
        return slack.inbox.last

    answered = await pressed()
    await slack.platform.post(here(slack), Say(text=("Recorded.",), is_private=True), cause=answered)
    assert [post.text for post in workspace.seen_by(slack.sam.id, slack.channel.id)] == ["Recorded."]
    for reply in (Quiet(), Say(text=("Approved.",))):
        await slack.platform.post(here(slack), reply, cause=await pressed())
    assert [post.text for post in workspace.seen_by(slack.sam.id, slack.channel.id)] == ["Recorded.", "Approved."]


async def test_a_menu_shows_thumbnails(slack: SlackStage) -> None:
    """Each option has its picture and its button."""
    digest = await slack.keep(PNG)
    picture = Picture(digest=digest, alt="thumb", width_px=1, height_px=1)
    option = Option(title="Weekend", picture=picture, button=Button(label="Use", action="start:p1:0:0"))
    await slack.platform.post(here(slack), Choose(text=("Which?",), options=(option,)))
    (post,) = seen(slack)
    assert "slack_file" in str(post.blocks)
    assert (await slack.double.people.press(slack.sam.id, post, "Use")).is_ok


async def test_a_document_arrives_with_its_bytes_and_names_its_post(slack: SlackStage) -> None:
    """The original is shared as a file; the id is the share's own."""
    original = Document(name="square.png", media_type="image/png", data=PNG, caption="Square & done")
    ts = await slack.platform.post_document(here(slack), original)
    (share,) = seen(slack)
    held = slack.double.workspace.files[share.files[0]]
    assert (share.ts, held.data, held.name, share.text) == (ts, PNG, "square.png", "Square &amp; done")


async def test_a_document_whose_confirmation_was_lost_is_found(
    slack: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the last answer fails but the share stands, it counts as sent; otherwise it is tried later."""
    monkeypatch.setattr("bot.platforms.slack_files.POLLS_S", (0.01, 0.02, 0.05))
    original = Document(name="a.png", media_type="image/png", data=PNG)
    slack.double.faults.fail("files.completeUploadExternal", error="internal_error")
    with pytest.raises(TryLater):
        await slack.platform.post_document(here(slack), original)
    assert seen(slack) == []
    slack.double.faults.lose("files.completeUploadExternal")
    ts = await slack.platform.post_document(here(slack), original)
    assert [post.ts for post in seen(slack)] == [ts]


async def test_files_too_large_or_gone_are_refused(slack: SlackStage) -> None:
    """Twenty megabytes at most, by what Slack says of the file."""
    with pytest.raises(PhotoRefused, match="too_large"):
        await slack.platform.fetch(FileRef(file_id="F0123456789", size_bytes=21 * 1024 * 1024))
    with pytest.raises(PhotoRefused, match="gone"):
        await slack.platform.fetch(FileRef(file_id="F0123456789"))


async def test_a_wrong_token_is_a_setting_to_mend(slack: SlackStage) -> None:
    """Start refuses a token that Slack refuses."""
    platform = SlackPlatform(
        "xoxb-wrong",
        "secret",
        media=slack.media,
        record=slack.inbox.record,
        clock=slack.clock,
        base_url=slack.double.base_url,
    )
    with pytest.raises(Misconfigured, match="invalid_auth"):
        await platform.start()
    await platform.close()


async def test_a_direct_address_is_opened_once(slack: SlackStage) -> None:
    """The conversation with a person is asked for once and then known."""
    for _ in range(2):
        found = await slack.platform.direct_address(Actor(user_id=slack.sam.id), "T0GLOCAL01")
        assert (found.conversation_id, found.is_direct) == (slack.direct.id, True)
    assert len(slack.double.workspace.record.named("conversations.open")) == 1
