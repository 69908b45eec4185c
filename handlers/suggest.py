"""Offer three texts for a slot: from a model where one is configured, else headquarters' own examples."""

from dataclasses import dataclass

from bot.chat import Ask, Quoted, Reply
from bot.dialog.quick import is_allowed
from bot.dialog.slot_words import words_for
from bot.domain.campaign import Campaign
from bot.domain.draft import Draft
from bot.domain.focus import Arguments
from bot.domain.template import Slot
from bot.domain.value import Source
from bot.errors import AskAgain, WrongState
from bot.ports import Suggestion
from bot.slots import read
from bot.turn import Scene, Turn
from handlers.ask import ask_slot

COUNT = 3


@dataclass(frozen=True)
class Offer:
    """What the writer came up with for one slot."""

    slot: str
    texts: tuple[str, ...]


async def prepare_suggestions(scene: Scene) -> Offer | None:
    """Ask the writer, outside the write transaction."""
    draft = await scene.draft()
    slot = _wanted_slot(scene, draft) if draft else None
    if draft is None or slot is None:
        return None
    return Offer(slot=slot.name, texts=await scene.writer.suggest(Suggestion(draft=draft, slot=slot.name, count=COUNT)))


def _wanted_slot(scene: Scene, draft: Draft) -> Slot | None:
    """Take the button's slot, else the asked one, else the first that a writer may help with."""
    index = scene.action.index if scene.action else None
    if index is not None and index < len(draft.template.slots):
        return draft.template.slots[index]
    open_slots = [slot for slot in draft.template.slots if slot.is_suggested and not slot.is_locked]
    asked = scene.focus.asked.slot if scene.focus.asked else ""
    return next((slot for slot in open_slots if slot.name == asked), next(iter(open_slots), None))


async def suggest(turn: Turn) -> Reply:
    """Put the suggestions beside the question as buttons; own words stay welcome."""
    offer = turn.prepared
    if not isinstance(offer, Offer):
        raise WrongState("nothing_to_suggest")
    campaign = await turn.campaign()
    draft = await turn.draft(campaign)
    slot = draft.template.slot(offer.slot)
    question = await ask_slot(turn, campaign, slot.name)
    fitting = _fitting(turn, draft, slot, offer.texts)
    if not fitting:
        return question.model_copy(update={"text": (*turn.text("ask.no_suggestions"), "\n\n", *question.text)})
    return await _offer(turn, campaign, question, slot, fitting)


async def _offer(turn: Turn, campaign: Campaign, question: Ask, slot: Slot, texts: tuple[str, ...]) -> Reply:
    choices: list[Arguments] = [
        {"slot": slot.name, "data": {"text": text}, "source": str(Source.SUGGESTED)} for text in texts
    ]
    pending = await turn.offer("fill", choices, campaign)
    buttons = tuple(
        (turn.button("buttons.answer", "fill", campaign, index, subject=pending.id, label=f"{index + 1}. {text}"),)
        for index, text in enumerate(texts)
    )
    listed = tuple(piece for index, text in enumerate(texts) for piece in (f"\n{index + 1}. ", Quoted(text=text)))
    return Ask(text=(*turn.text("ask.suggestions"), *listed), hint=question.hint, rows=(*buttons, question.rows[-1]))


def _fitting(turn: Turn, draft: Draft, slot: Slot, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Keep what the slot can read and the rules allow, whoever wrote it."""
    copy = words_for(draft, slot, turn.language)
    fitting: list[str] = []
    for text in texts:
        try:
            data = read(text, slot, draft.reading, copy)
        except AskAgain:
            continue
        if is_allowed(draft, slot, data, turn.book.policies, turn.language):
            fitting.append(str(data["text"]))
    return tuple(dict.fromkeys(fitting))[:COUNT]
