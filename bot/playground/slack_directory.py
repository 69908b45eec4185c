"""Who and where: `auth.test`, `users.info`, `conversations.*` and `reactions.*` of the Slack double."""

from bot.playground.slack_call import ApiRefusal, Call
from bot.playground.slack_json import JsonObject
from bot.playground.slack_shapes import person_json, place_json, post_json, reactions_json
from bot.playground.slack_state import Post


def auth_test(call: Call) -> JsonObject:
    """Say whose token it is."""
    return {
        "url": "https://glocal.slack.com/",
        "team": "Glocal",
        "user": call.workspace.bot.name,
        "team_id": call.workspace.team_id,
        "user_id": call.workspace.bot.id,
        "bot_id": call.workspace.bot_id,
        "is_enterprise_install": False,
    }


def users_info(call: Call) -> JsonObject:
    """Describe a person."""
    person = call.workspace.people.get(call.needed("user"))
    if person is None:
        raise ApiRefusal("user_not_found")
    return {"user": person_json(call.workspace, person)}


def conversations_info(call: Call) -> JsonObject:
    """Describe a conversation."""
    place = call.workspace.places.get(call.needed("channel"))
    if place is None:
        raise ApiRefusal("channel_not_found")
    return {"channel": place_json(place)}


def conversations_members(call: Call) -> JsonObject:
    """List who is in a conversation."""
    return {"members": list(call.place().members), "response_metadata": {"next_cursor": ""}}


def conversations_open(call: Call) -> JsonObject:
    """Open the direct conversation with one person."""
    user = call.needed("users")
    person = call.workspace.people.get(user)
    if person is None:
        raise ApiRefusal("user_not_found")
    if person.deleted:
        raise ApiRefusal("user_disabled")
    if person.is_bot:
        raise ApiRefusal("cannot_dm_bot")
    return {"channel": {"id": call.workspace.open_direct(user).id}}


def reactions_add(call: Call) -> JsonObject:
    """React as the bot."""
    post, name, me = _post(call), call.needed("name"), call.workspace.bot.id
    users = post.reactions.setdefault(name, [])
    if me in users:
        raise ApiRefusal("already_reacted")
    users.append(me)
    call.workspace.record.note()
    return {}


def reactions_remove(call: Call) -> JsonObject:
    """Take the bot's reaction back."""
    post, name, me = _post(call), call.needed("name"), call.workspace.bot.id
    if me not in post.reactions.get(name, []):
        raise ApiRefusal("no_reaction")
    post.reactions[name].remove(me)
    call.workspace.record.note()
    return {}


def reactions_get(call: Call) -> JsonObject:
    """Return a post with its reactions."""
    post = _post(call)
    shown = {**post_json(call.workspace, post), "reactions": reactions_json(post)}
    return {"type": "message", "channel": post.channel, "message": shown}


def _post(call: Call) -> Post:
    post = call.workspace.find_post(call.place().id, call.needed("timestamp"))
    if post is None:
        raise ApiRefusal("message_not_found")
    return post
