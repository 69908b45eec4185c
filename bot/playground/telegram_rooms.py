"""What happens to whole chats in the Telegram double: the bot is blocked or let in again, a group grows.

Used by the tests and by `telegram_control`; single acts of people are in `telegram_people`.
"""

from bot.playground.telegram_json import JsonObject, draw_chat, draw_post, draw_user
from bot.playground.telegram_sending import World
from bot.playground.telegram_state import PostRef, TelegramPost


def block(world: World, user_id: int) -> None:
    """Let a person block the bot: every call to their chat answers 403 from now on."""
    _set_membership(world, user_id, is_here=False)


def unblock(world: World, user_id: int) -> None:
    """Let a person unblock the bot."""
    _set_membership(world, user_id, is_here=True)


def migrate(world: World, chat_id: int) -> int:
    """Turn a basic group into a supergroup, as Telegram does when it grows; return the new id."""
    state = world.state
    old = state.chats[chat_id]
    members = tuple(state.users[user_id] for user_id in sorted(old.member_ids))
    fresh = state.add_group(old.title, members=members, bot_is_admin=old.bot_is_admin)
    old.migrated_to = fresh.chat_id
    farewell = TelegramPost(
        ref=PostRef(chat_id, state.next_message_id(chat_id)),
        sender=members[0],
        sent_at_s=int(state.now()),
        is_migration=True,
    )
    world.updates.add("message", draw_post(state, state.put(farewell, "posted")))
    return fresh.chat_id


def _set_membership(world: World, user_id: int, *, is_here: bool) -> None:
    state = world.state
    room = state.open_private(state.users[user_id])
    before, room.bot_is_here = room.bot_is_here, is_here
    content: JsonObject = {
        "chat": draw_chat(state, room),
        "from": draw_user(state.users[user_id]),
        "date": int(state.now()),
        "old_chat_member": _draw_status(world, is_here=before),
        "new_chat_member": _draw_status(world, is_here=is_here),
    }
    world.updates.add("my_chat_member", content)


def _draw_status(world: World, *, is_here: bool) -> JsonObject:
    drawn: JsonObject = {"user": draw_user(world.state.bot)}
    return drawn | ({"status": "member"} if is_here else {"status": "kicked", "until_date": 0})
