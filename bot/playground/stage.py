"""Both doubles side by side, and the people and conversations of a brand's seed in them.

`demo`, the driver on platform surfaces and the process of the fault tests begin here.
"""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.brandbook import BrandBook
from bot.domain.conversation import Conversation
from bot.domain.location import Places
from bot.domain.member import Account, Member, Permission
from bot.platforms.slack_manifest import manifest
from bot.playground.slack_double import SlackDouble
from bot.playground.slack_json import JsonObject, read
from bot.playground.telegram_double import TelegramDouble

SLACK_TEAM = "T0GLOCAL01"
LANGUAGES = {"en": "en-US", "es": "es-ES", "fr": "fr-FR"}
"""What a Slack profile says where a member's locale is only a language."""
STEERING = (Permission.DECIDE, Permission.STEER, Permission.READ_ALL)


@dataclass(frozen=True)
class Stage:
    """The chat platforms as the bot meets them."""

    slack: SlackDouble
    telegram: TelegramDouble

    def seat(self, name: str, account: Account, *, locale: str = "en", opens_chat: bool = True) -> None:
        """Let somebody exist on a platform, with their direct chat to the bot open (or not yet)."""
        if account.platform == "slack":
            self.slack.workspace.add_person(
                name.split(maxsplit=1)[0].lower(),
                user_id=account.user_id,
                real_name=name,
                locale=LANGUAGES.get(locale, locale),
            )
            self.slack.people.direct(account.user_id)
            return
        user = self.telegram.state.add_user(
            name.split(maxsplit=1)[0], user_id=int(account.user_id), language_code=locale.split("-", maxsplit=1)[0]
        )
        if opens_chat:
            self.telegram.state.open_private(user)

    def open_conversation(self, conversation: Conversation, title: str, accounts: Iterable[Account]) -> None:
        """Let a shared conversation exist with the bot and these accounts in it."""
        mine = [account.user_id for account in accounts if account.platform == conversation.platform]
        if conversation.platform == "slack":
            name = "-".join(title.lower().split())
            self.slack.workspace.add_channel(name, channel_id=conversation.conversation_id, members=tuple(mine))
            return
        users = tuple(self.telegram.state.users[int(user_id)] for user_id in mine)
        self.telegram.state.add_group(title, members=users, chat_id=int(conversation.conversation_id))

    def seat_everybody(self, book: BrandBook) -> None:
        """Bring in the people and conversations of the seed; whoever decides or steers is in the shared ones."""
        seed = book.seed
        for member in seed.people:
            for account in member.accounts:
                self.seat(member.name, account, locale=member.locale)
        for conversation in seed.conversations:
            area = seed.places.territory(conversation.territory_id) if conversation.territory_id else None
            steering = [member for member in seed.people if _steers(member, conversation, seed.places)]
            title = f"{area.name if area else book.brand.name} approvals"
            self.open_conversation(conversation, title, [one for member in steering for one in member.accounts])


@asynccontextmanager
async def open_stage(stage: Stage | None = None) -> AsyncIterator[Stage]:
    """Start both doubles on free ports; the Slack app is granted what our manifest asks for."""
    stage = stage or new_stage()
    async with stage.slack, stage.telegram:
        yield stage


def new_stage() -> Stage:
    """Make both doubles, not started yet."""
    asked = read(json.dumps(manifest("https://bot.example")))
    granted: JsonObject | None = asked if isinstance(asked, dict) else None
    return Stage(SlackDouble(team_id=SLACK_TEAM, manifest=granted), TelegramDouble())


def _steers(member: Member, conversation: Conversation, places: Places) -> bool:
    """Tell whether somebody decides, steers or reads at any location of the conversation's territory."""
    inside = [place for place in places.locations if conversation.territory_id in places.territories_of(place)]
    return any(member.may(permission, place, places) for place in inside for permission in STEERING)
