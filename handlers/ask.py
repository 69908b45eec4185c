"""Ask one slot: the question, an example, likely answers as buttons, and the ways out.

`ask_slot` and `go_on` are how every other request of the draft continues the conversation.
"""

from bot.chat import Ask, Button, Done, Quoted, Reply, Rows, Span, Strong, Text
from bot.dialog.needs import Needs, find_needs, next_slot
from bot.dialog.quick import quick_answers
from bot.dialog.slot_words import words_for
from bot.domain.campaign import UNFINISHED, Campaign
from bot.domain.draft import Draft
from bot.domain.focus import Arguments, Asked
from bot.domain.template import Slot
from bot.errors import Stale, WrongState
from bot.slots import show_value
from bot.turn import Turn

SHORT_CHARACTERS = 16
"""Labels up to this length stand two in a row."""


async def ask(turn: Turn) -> Reply:
    """Ask the slot whose number the button carries."""
    campaign = await turn.campaign()
    draft = await turn.draft(campaign)
    index = turn.action.index if turn.action and turn.action.index is not None else -1
    if not 0 <= index < len(draft.template.slots):
        raise Stale("choice_gone")
    return await ask_slot(turn, campaign, draft.template.slots[index].name)


async def ask_next(turn: Turn) -> Reply:
    """Ask what is still missing, and keep asking until nothing is."""
    campaign = await turn.campaign()
    if campaign.state not in UNFINISHED:
        raise WrongState(f"state_{campaign.state}")
    await turn.focus_on(campaign.id, is_tour=True)
    return await go_on(turn, campaign)


async def go_on(turn: Turn, campaign: Campaign, said: Text = (), *, after: str = "") -> Reply:
    """Continue after a change: the next question on a tour, else the next step to press."""
    draft = await turn.draft(campaign)
    needs = find_needs(draft, turn.findings(draft))
    slot = next_slot(draft, needs, after=after) if turn.focus.is_tour else None
    if slot:
        return await ask_slot(turn, campaign, slot.name, said)
    await turn.focus_on(campaign.id, is_tour=False)
    key = "draft.ready" if needs.is_ready else "draft.check" if not needs.to_ask else "draft.more"
    return Done(text=join(said, turn.text(key, count=len(needs.unconfirmed))), rows=next_steps(turn, campaign, needs))


async def ask_slot(turn: Turn, campaign: Campaign, name: str, said: Text = ()) -> Ask:
    """Put the question, and expect the next words (or photo) as its answer."""
    draft = await turn.draft(campaign)
    slot = draft.template.slot(name)
    require_unlocked(turn, draft, slot)
    await turn.focus_on(campaign.id, Asked(slot=slot.name))
    copy = words_for(draft, slot, turn.language)
    rows = (*await _answer_rows(turn, campaign, draft, slot), _ways_out(turn, campaign, draft, slot))
    return Ask(text=join(said, _question(turn, draft, slot)), hint=copy.example[:60], rows=rows)


def require_unlocked(turn: Turn, draft: Draft, slot: Slot) -> None:
    """Raise WrongState with the reason when headquarters has locked the slot."""
    if slot.is_locked:
        copy = words_for(draft, slot, turn.language)
        raise WrongState("locked", label=copy.label, why=copy.locked_why)


def next_steps(turn: Turn, campaign: Campaign, needs: Needs) -> Rows:
    """Offer what the draft needs next: fill, confirm, or submit; the card is always one press away."""
    show = turn.button("buttons.show_card", "show_card", campaign)
    if needs.to_ask:
        return ((turn.button("buttons.go_on", "next", campaign, style="primary"), show),)
    if needs.unconfirmed:
        count = len(needs.unconfirmed)
        return ((turn.button("buttons.confirm", "confirm", campaign, style="primary", count=count), show),)
    return ((turn.button("buttons.submit", "submit", campaign, style="primary"), show),)


def join(*parts: Text) -> Text:
    """Put texts under one another, a blank line between."""
    joined: list[Text] = [part for part in parts if part]
    return tuple(piece for index, part in enumerate(joined) for piece in (("\n\n", *part) if index else part))


def _question(turn: Turn, draft: Draft, slot: Slot) -> Text:
    copy = words_for(draft, slot, turn.language)
    value = draft.values.get(slot.name)
    lines: list[str | Span] = list(turn.text(f"ask.{slot.type}", label=Strong(text=copy.label)))
    if copy.help:
        lines += ["\n", copy.help]
    if copy.example:
        lines += ["\n", *turn.text("ask.example", example=Quoted(text=copy.example))]
    shown = show_value(value, slot, draft.reading, copy) if value and slot.type != "photo" else ""
    if shown and shown != copy.example:
        lines += ["\n", *turn.text("ask.now", value=Quoted(text=shown))]
    return tuple(lines)


async def _answer_rows(turn: Turn, campaign: Campaign, draft: Draft, slot: Slot) -> Rows:
    offered = quick_answers(draft, slot, turn.book.policies, turn.language)
    if not offered:
        return ()
    choices: list[Arguments] = [{"slot": slot.name, "data": data} for _, data in offered]
    pending = await turn.offer("fill", choices, campaign)
    buttons = [
        turn.button("buttons.answer", "fill", campaign, index, subject=pending.id, label=label)
        for index, (label, _) in enumerate(offered)
    ]
    return in_rows(buttons)


def in_rows(buttons: list[Button]) -> Rows:
    """Stand short labels two in a row, long ones alone."""
    width = 2 if all(len(button.label) <= SHORT_CHARACTERS for button in buttons) else 1
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _ways_out(turn: Turn, campaign: Campaign, draft: Draft, slot: Slot) -> tuple[Button, ...]:
    index = draft.template.slots.index(slot)
    buttons = [turn.button("buttons.back", "back", campaign)]
    if turn.focus.is_tour or not slot.is_required:
        buttons.insert(0, turn.button("buttons.skip", "skip", campaign, index))
    if not slot.is_required and slot.name in draft.values:
        buttons.insert(0, turn.button("buttons.clear", "clear", campaign, index))
    if slot.is_suggested:
        buttons.insert(0, turn.button("buttons.suggest", "suggest", campaign, index))
    return tuple(buttons)
