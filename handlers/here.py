"""Make a shared conversation the place where a territory's requests are posted."""

from bot.chat import Choose, Done, Reply, Say, Strong
from bot.dialog.places import find_place
from bot.domain.conversation import Conversation
from bot.domain.ids import TerritoryId
from bot.domain.location import Territory
from bot.domain.member import Membership, Role
from bot.errors import WrongState
from bot.turn import Turn


async def here(turn: Turn) -> Reply:
    """Say what would change, and ask before it does."""
    if turn.incoming.address.is_direct:
        raise WrongState("here_in_direct")
    found = find_place(turn.typed, turn.places) if turn.typed else None
    if not isinstance(found, Territory):
        return await _which(turn)
    return await _confirm(turn, found)


async def here_chosen(turn: Turn) -> Reply:
    """Go on from the chosen territory."""
    chosen = await turn.chosen()
    return await _confirm(turn, turn.places.territory(TerritoryId(str(chosen["territory"]))))


async def here_confirmed(turn: Turn) -> Reply:
    """Point the territory's requests at this conversation."""
    chosen = await turn.use_up()
    territory = turn.places.territory(TerritoryId(str(chosen["territory"])))
    turn.require_governing(_steering(territory))
    at = turn.here
    await turn.uow.conversations.put(
        Conversation(
            platform=at.platform, workspace=at.workspace, conversation_id=at.conversation_id, is_direct=False,
            territory_id=territory.id,
        )
    )  # fmt: skip
    await turn.log("territory.conversation", territory.id, platform=at.platform, conversation=at.conversation_id)
    rows = ((turn.button("buttons.queue", "queue"), turn.button("buttons.help", "help")),)
    return Done(text=turn.text("admin.here_done", territory=Strong(text=territory.name)), rows=rows)


async def _confirm(turn: Turn, territory: Territory) -> Reply:
    turn.require_governing(_steering(territory))
    before = await turn.uow.conversations.of_territory(territory.id)
    pending = await turn.offer("here_confirmed", [{"territory": territory.id}])
    yes = turn.button("buttons.post_here", "here_confirmed", index=0, subject=pending.id, style="primary")
    text = turn.text("admin.here_confirm", territory=Strong(text=territory.name), moves=before is not None)
    return Say(text=text, rows=((yes, turn.button("buttons.never_mind", "back")),), is_private=True)


async def _which(turn: Turn) -> Reply:
    areas = [area for area in turn.places.territories if turn.member.governs(_steering(area), turn.places)]
    pending = await turn.offer("here_chosen", [{"territory": area.id} for area in areas])
    options = turn.options(pending, [area.name for area in areas])
    return Choose(text=turn.text("admin.here_which"), options=options, rows=((turn.button("buttons.help", "help"),),))


def _steering(territory: Territory) -> Membership:
    return Membership(role=Role.ADMIN, territory_id=territory.id)
