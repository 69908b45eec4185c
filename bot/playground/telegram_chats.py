"""The rest of the Bot API that a bot of ours calls: itself, its updates, its menu, chats and files.

Called by `telegram_api` through the table METHODS.
"""

from bot.playground.telegram_json import (
    JsonObject,
    JsonValue,
    draw_file,
    draw_full_chat,
    draw_me,
    draw_user,
)
from bot.playground.telegram_params import Params, is_object
from bot.playground.telegram_rules import (
    CHAT_ACTIONS,
    TelegramRefused,
    check_command,
    check_download,
    check_webhook,
)
from bot.playground.telegram_sending import World, read_room
from bot.playground.telegram_state import Change


async def get_me(world: World, _params: Params) -> JsonValue:
    """Serve getMe."""
    return draw_me(world.state.bot)


async def get_updates(world: World, params: Params) -> JsonValue:
    """Serve getUpdates."""
    world.updates.allow(_allowed_updates(params))
    batch = await world.updates.poll(
        offset=params.integer("offset"),
        limit=min(max(params.integer("limit", 100), 1), 100),
        timeout_s=float(params.integer("timeout")),
    )
    return [*batch]


async def set_webhook(world: World, params: Params) -> JsonValue:
    """Serve setWebhook."""
    url = params.text("url")
    secret = params.text("secret_token") if params.has("secret_token") else None
    if url:
        check_webhook(url, secret)
    world.updates.allow(_allowed_updates(params))
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    await world.updates.set_webhook(url, secret_token=secret)
    return True


async def delete_webhook(world: World, params: Params) -> JsonValue:
    """Serve deleteWebhook."""
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    if world.updates.webhook_url:
        await world.updates.set_webhook("", secret_token=None)
    return True


async def get_webhook_info(world: World, _params: Params) -> JsonValue:
    """Serve getWebhookInfo."""
    info: JsonObject = {
        "url": world.updates.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending_count,
    }
    if world.updates.webhook_error:
        info["last_error_date"] = int(world.state.now())
        info["last_error_message"] = world.updates.webhook_error
    return info


async def set_commands(world: World, params: Params) -> JsonValue:
    """Serve setMyCommands, per language."""
    asked = params.structure("commands")
    if not isinstance(asked, list):
        raise TelegramRefused("expected an Array of BotCommand")
    commands = tuple((str(each.get("command")), str(each.get("description"))) for each in asked if is_object(each))
    if len(commands) > 100:
        raise TelegramRefused("BOT_COMMANDS_TOO_MUCH")
    for command, description in commands:
        check_command(command, description)
    world.state.commands[params.text("language_code")] = commands
    return True


async def get_file(world: World, params: Params) -> JsonValue:
    """Serve getFile, up to 20 MB."""
    kept = world.state.files.by_id(params.text("file_id"))
    check_download(len(kept.data))
    return draw_file(kept)


async def send_action(world: World, params: Params) -> JsonValue:
    """Serve sendChatAction."""
    room = read_room(world, params)
    if params.text("action") not in CHAT_ACTIONS:
        raise TelegramRefused("wrong parameter action in request")
    world.state.changes.add(Change("acting", room.chat_id))
    return True


async def get_chat(world: World, params: Params) -> JsonValue:
    """Serve getChat."""
    return draw_full_chat(world.state, read_room(world, params))


async def get_member(world: World, params: Params) -> JsonValue:
    """Serve getChatMember."""
    room, user_id = read_room(world, params), params.integer("user_id")
    if user_id == world.state.bot.user_id:
        return _draw_own_membership(world, is_admin=room.bot_is_admin)
    user = world.state.users.get(user_id)
    if user is None:
        raise TelegramRefused("PARTICIPANT_ID_INVALID")
    status = "member" if user_id in room.member_ids else "left"
    return {"status": status, "user": draw_user(user)}


def _draw_own_membership(world: World, *, is_admin: bool) -> JsonObject:
    drawn: JsonObject = {"user": draw_user(world.state.bot)}
    if not is_admin:
        return drawn | {"status": "member"}
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
        "can_restrict_members can_promote_members can_change_info can_invite_users "
        "can_post_stories can_edit_stories can_delete_stories"
    )
    return drawn | {"status": "administrator"} | dict.fromkeys(rights.split(), True)


def _allowed_updates(params: Params) -> list[str] | None:
    asked = params.structure("allowed_updates")
    return [str(each) for each in asked] if isinstance(asked, list) else None
