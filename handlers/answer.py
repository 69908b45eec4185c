"""Read typed words as the answer to the open question."""

from typing import cast

from pydantic import JsonValue

from bot.chat import Refuse, Reply
from bot.dialog.quick import show_data
from bot.dialog.sentence import find_values
from bot.dialog.slot_words import words_for
from bot.domain.campaign import Campaign
from bot.domain.draft import Draft
from bot.domain.focus import Arguments
from bot.domain.template import Slot
from bot.domain.value import Source, Value
from bot.errors import Ambiguous, Unreadable
from bot.slots import read
from bot.turn import Turn
from handlers.ask import ask_slot, in_rows, require_unlocked
from handlers.fill import put_values
from handlers.request_words import answer_pending
from handlers.sentence import LONGEST_READ, TEXT_TYPES, understand


async def answer(turn: Turn) -> Reply:
    """Fill the asked slot with what was typed, or say what would work."""
    asked = turn.focus.asked
    if asked is None:
        return await understand(turn)
    if asked.pending_id:
        return await answer_pending(turn)
    campaign = await turn.campaign()
    draft = await turn.draft(campaign)
    slot = next((each for each in draft.template.slots if each.name == asked.slot), None)
    if slot is None:  # headquarters has taken it away since
        return await understand(turn)
    require_unlocked(turn, draft, slot)
    try:
        data = read(turn.typed, slot, draft.reading, words_for(draft, slot, turn.language))
    except Ambiguous as doubt:
        return await _offer_readings(turn, campaign, draft, slot, doubt)
    except Unreadable as trouble:
        return await _read_as_others(turn, campaign, draft, slot) or await _ask_again(turn, campaign, slot, trouble)
    return await put_values(turn, campaign, {slot.name: Value(data=data, source=Source.TYPED)})


async def _read_as_others(turn: Turn, campaign: Campaign, draft: Draft, asked: Slot) -> Reply | None:
    """Take words that say something else of the draft: people answer in any order."""
    if len(turn.typed) > LONGEST_READ:
        return None
    found = find_values(turn.typed, draft.template, reading=draft.reading)
    others = {
        name: Value(data=data, source=Source.SENTENCE)
        for name, data in found.items()
        if draft.template.slot(name).type not in TEXT_TYPES and name != asked.name
    }
    return await put_values(turn, campaign, others) if others else None


async def _ask_again(turn: Turn, campaign: Campaign, slot: Slot, trouble: Unreadable) -> Reply:
    """Say why the words do not fit; the question stays open with its buttons."""
    question = await ask_slot(turn, campaign, slot.name)
    return Refuse(text=turn.text(trouble.sentence, **trouble.facts), rows=question.rows)


async def _offer_readings(turn: Turn, campaign: Campaign, draft: Draft, slot: Slot, doubt: Ambiguous) -> Reply:
    copy = words_for(draft, slot, turn.language)
    readings = [cast("dict[str, JsonValue]", data) for data in doubt.candidates]
    choices: list[Arguments] = [{"slot": slot.name, "data": data} for data in readings]
    pending = await turn.offer("fill", choices, campaign)
    buttons = [
        turn.button(
            "buttons.answer", "fill", campaign, index, subject=pending.id,
            label=show_data(data, slot, draft.reading, copy),
        )
        for index, data in enumerate(readings)
    ]  # fmt: skip
    back = turn.button("buttons.back", "back", campaign)
    return Refuse(text=turn.text(doubt.sentence, **doubt.facts), rows=(*in_rows(buttons), (back,)))
