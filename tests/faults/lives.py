"""People who go on with their work while the bot is killed and started again: owners, and those who decide.

They do what a person does: press what the card offers, and wait. Nobody presses twice without a reason: on Slack a
press that was not taken is shown as failed; a card that was drawn again asks to be looked at first.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from bot.chat import Action
from bot.content import prompts_dir
from bot.dialog.words import Words
from bot.domain.frozen import Frozen
from tests.faults.chats import LOOKS_AGAIN_S, Chats, Standing

WORDS = Words(prompts_dir(), ("en", "es", "fr"))
TRIES_AGAIN_S = 1.0
"""How soon somebody presses again after Slack has shown that it did not work."""


class Owner(Frozen):
    """Somebody with a shop, on Telegram."""

    user_id: str
    sentence: str
    """With a place for the percentage."""


class Decider(Frozen):
    """Somebody who answers requests, and where."""

    platform: str
    user_id: str
    conversation_id: str
    language: str
    changes_every: int = 0
    """Every so many requests changes are asked for first; 0: never."""


@dataclass
class Tally:
    """What people did and met."""

    stories: int = 0
    changes: int = 0
    sent_again: int = 0
    pressed_again: int = 0
    not_taken: int = 0
    campaigns: dict[str, str] = field(default_factory=dict)
    """Campaign -> chat of its owner."""


@dataclass
class Life:
    """What everybody shares."""

    chats: Chats
    chance: random.Random
    tally: Tally = field(default_factory=Tally)

    async def own(self, owner: Owner, *, goes_on: Callable[[], bool]) -> None:
        """Make one campaign after another, from sentence to files."""
        for number in count():
            if not goes_on():
                return
            await self._make(owner, 11 + number % 14)
            self.tally.stories += 1

    async def _make(self, owner: Owner, percent: int) -> None:
        chats = self.chats
        said = await chats.say(owner.user_id, owner.user_id, owner.sentence.format(percent=percent))
        offer = await chats.until(lambda: self._offer(owner, said), f"an offer for {owner.sentence}")
        await chats.press(owner.user_id, offer, offer.action("start"))
        campaign = await chats.until(lambda: self._new_campaign(owner), f"a new card for {owner.user_id}")
        self.tally.campaigns[campaign] = owner.user_id
        card = self.chance.choice(self._with(owner, "confirm", campaign))
        await chats.press(owner.user_id, card, card.action("confirm", campaign))
        pressed: set[str] = set()
        while step := await chats.until(lambda: self._next_step(owner, campaign, pressed), f"a way on with {campaign}"):
            post, data = step
            if not data:
                return
            pressed.add(data.removeprefix("card/"))
            self.tally.sent_again += "send_again" in data
            await chats.press(owner.user_id, post, data)

    def _offer(self, owner: Owner, said: int) -> Standing | None:
        return next((p for p in self.chats.at(owner.user_id) if int(p.post_id) > said and p.action("start")), None)

    def _new_campaign(self, owner: Owner) -> str:
        for post in self.chats.at(owner.user_id):
            action = Action.parse(post.action("confirm", "c"))
            if action and action.subject not in self.tally.campaigns:
                return action.subject
        return ""

    def _next_step(self, owner: Owner, campaign: str, pressed: set[str]) -> tuple[Standing, str] | None:
        """Give what to press next, nothing to press when the files are there, or None to wait."""
        for post in self.chats.at(owner.user_id):
            if is_card(post) and post.action("duplicate", campaign):
                return post, ""
        for verb in ("submit", "send_again"):
            for post in self._with(owner, verb, campaign):
                data = post.action(verb, campaign)
                if data.removeprefix("card/") not in pressed:
                    return post, data
        return None

    def _with(self, owner: Owner, verb: str, subject: str) -> list[Standing]:
        return [post for post in self.chats.at(owner.user_id) if post.action(verb, subject)]

    async def decide(self, decider: Decider) -> None:
        """Answer every request, until cancelled."""
        done: set[str] = set()
        for number in count(1):
            while not (request := await self.chats.within(LOOKS_AGAIN_S, partial(self._waiting, decider, done))):
                continue
            done.add(request)
            if decider.changes_every and number % decider.changes_every == 0:
                await self._ask_for_changes(decider, request)
            else:
                await self._approve(decider, request)

    def _waiting(self, decider: Decider, done: set[str]) -> str:
        for post in self.chats.at(decider.conversation_id):
            action = Action.parse(post.action("approve"))
            if action and action.subject not in done:
                return action.subject
        return ""

    async def _approve(self, decider: Decider, request: str) -> None:
        copies = self._copies(decider, request)
        while offering := list(self._copies(decider, request).values()):
            post = self.chance.choice(offering)
            if not await self.chats.press(decider.user_id, post, post.action("approve", request)):
                self.tally.not_taken += 1
                await self.chats.within(TRIES_AGAIN_S, partial(self._is_decided, decider, request, copies))
            elif await self.chats.within(LOOKS_AGAIN_S, partial(self._is_decided, decider, request, copies)):
                return
            else:
                self.tally.pressed_again += 1

    async def _ask_for_changes(self, decider: Decider, request: str) -> None:
        copies = self._copies(decider, request)
        post = self.chance.choice(list(copies.values()))
        last = max(int(one.post_id) for one in self.chats.at(decider.conversation_id))
        await self.chats.press(decider.user_id, post, post.action("changes", request))
        question = WORDS.line("approval.ask_changes_words", decider.language)
        here = decider.conversation_id
        await self.chats.until(
            lambda: [p for p in self.chats.at(here) if int(p.post_id) > last and p.words.startswith(question)],
            f"the question what should change about {request}",
        )
        self.tally.changes += 1
        await self.chats.say(
            decider.user_id, here, f"A warmer photo, please ({self.tally.changes})", reply_to=post.post_id
        )
        await self.chats.until(partial(self._is_decided, decider, request, copies), f"an effect of words on {request}")

    def _is_decided(self, decider: Decider, request: str, copies: dict[str, Standing]) -> bool:
        """Tell whether the buttons are gone from one of the copies."""
        now = {one.post_id: one for one in self.chats.at(decider.conversation_id)}
        copies.update(self._copies(decider, request))
        return any(post_id in now and not now[post_id].action("approve") for post_id in copies)

    def _copies(self, decider: Decider, request: str) -> dict[str, Standing]:
        return {one.post_id: one for one in self.chats.at(decider.conversation_id) if one.action("approve", request)}


def is_card(post: Standing) -> bool:
    """Tell whether a post is a card with buttons."""
    return any(data.startswith("card/") for data in post.actions)
