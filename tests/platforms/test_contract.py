"""What every platform must hold, whichever it is: the suite that a new adapter joins."""

from pathlib import Path

import pytest

from bot.chat import (
    ACTION_BYTES,
    Action,
    Ask,
    Button,
    Card,
    Choose,
    Done,
    Line,
    Linked,
    ListOut,
    Note,
    Option,
    Quoted,
    Refuse,
    Reply,
    Rows,
    Say,
    Strong,
)
from bot.domain.conversation import Address, View
from bot.domain.ids import CampaignId, RequestId, new_id
from tests.platforms.conftest import SlackStage, TelegramStage

HOSTILE = "<!channel> <@U1> & *bold* _x_ `code` </b> <script> [a](b) \u202e مرحبا 👩‍👩‍👧 " + "long " * 2_000
ROWS: Rows = tuple(
    tuple(
        Button(
            label=f"Button {row}.{place} " + "w" * 90, action=str(Action(verb="fill", subject=new_id("p"), index=99))
        )
        for place in range(5)
    )
    for row in range(6)
)
TEXT = (
    HOSTILE,
    Strong(text=HOSTILE),
    Quoted(text=HOSTILE),
    Linked(text="here", url="https://ovenlark.example/a?b=1&c=2"),
)
OPTIONS = tuple(
    Option(title=f"Choice {number} {HOSTILE[:90]}", description=HOSTILE, button=ROWS[0][0]) for number in range(12)
)
REPLIES: tuple[Reply, ...] = (
    Say(text=TEXT, rows=ROWS),
    Ask(text=TEXT, hint=HOSTILE, rows=ROWS),
    Choose(text=TEXT, options=OPTIONS, rows=ROWS),
    Refuse(text=TEXT, citation=HOSTILE, rows=ROWS),
    Done(text=TEXT, rows=ROWS),
    ListOut(title=TEXT, lines=(TEXT,) * 40, rows=ROWS),
    Say(text=(".",)),
)


def slack_direct(slack: SlackStage) -> Address:
    """Name Sam's direct chat."""
    return Address(platform="slack", workspace="T0GLOCAL01", conversation_id=slack.direct.id)


def big_card(view: View) -> Card:
    """Give a card with more of everything than a post can hold."""
    return Card(
        campaign_id=CampaignId(new_id("c")),
        revision=12_345,
        view=view,
        request_id=RequestId(new_id("q")),
        title=TEXT,
        status=TEXT,
        pictures=(),
        lines=tuple(Line(label=HOSTILE[:80], value=TEXT, mark="unconfirmed", note=HOSTILE) for _ in range(30)),
        notes=tuple(Note(tone="warn", text=TEXT) for _ in range(20)),
        rows=ROWS,
        summary=HOSTILE,
    )


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.kind)
async def test_every_reply_is_drawn_inside_the_limits(reply: Reply, slack: SlackStage, telegram: TelegramStage) -> None:
    """Whatever a handler returns, however long and hostile, is accepted where the real limits are kept."""
    await slack.platform.post(slack_direct(slack), reply)
    await telegram.platform.post(telegram.direct, reply)
    assert slack.double.workspace.seen_by(slack.sam.id, slack.direct.id)
    assert telegram.posts()


@pytest.mark.parametrize("view", list(View))
async def test_a_card_of_any_size_is_placed_and_redrawn(view: View, slack: SlackStage, telegram: TelegramStage) -> None:
    """A card with too much of everything is placed once and redrawn in place."""
    card = big_card(view)
    for platform, address in (
        (slack.platform, slack_direct(slack)),
        (telegram.platform, telegram.direct),
    ):
        post = await platform.place(address, card)
        await platform.redraw(post, card.model_copy(update={"revision": 12_346, "status": ("Approved",), "rows": ()}))
        assert platform.thread_of(post).conversation_id == address.conversation_id


def test_every_action_fits_a_button_and_comes_back_as_it_went() -> None:
    """The longest action there can be stays within Telegram's 64 bytes and survives the way there and back."""
    longest = Action(verb="templates_confirmed", subject=new_id("p"), revision=999_999, index=99, is_on_card=True)
    assert len(str(longest).encode()) <= ACTION_BYTES
    assert Action.parse(str(longest)) == longest


def test_every_platform_has_its_files_in_this_folder() -> None:
    """The suite covers every platform that the house knows."""
    rooms = {path.stem for path in Path("bot/platforms").glob("*.py") if "_" not in path.stem}
    assert rooms == {"slack", "telegram"}
