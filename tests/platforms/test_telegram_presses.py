import asyncio

from telegram import Bot

from bot.chat import (
    Ask,
    Done,
    Quiet,
    Refuse,
    Say,
    Typed,
)
from bot.platforms.telegram_presses import Presses
from bot.playground.telegram_state import PostRef
from tests.platforms.conftest import TelegramStage
from tests.platforms.telegram_kit import GO, card, picture, pressed


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


async def test_a_press_that_nobody_answers_stops_spinning(telegram: TelegramStage) -> None:
    """When the turn takes too long the press is answered with nothing; its words then find another way."""
    placed = await telegram.platform.place(telegram.direct, card(await picture(telegram)))
    cause = await pressed(telegram, placed.post_id)
    presses = Presses(spinner_s=0.01)
    async with Bot(telegram.double.token, base_url=telegram.double.bot_url) as bot:
        presses.open(bot, cause.query_id)
        await asyncio.wait_for(telegram.double.state.changes.wait_beyond(telegram.double.state.changes.last_number), 5)
        assert not await presses.answer(bot, cause.query_id, "Done")
    (shown,) = telegram.double.state.answers_to(telegram.maria.user_id)
    assert shown.answer == ""
