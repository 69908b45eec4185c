"""Help at any moment: who one is here, what one may ask, and where one's work stands."""

from bot.chat import ListOut, Refuse, Reply, Rows, Strong, Text
from bot.domain.campaign import Campaign
from bot.domain.member import Permission
from bot.turn import Turn

LINES: tuple[tuple[Permission, tuple[str, ...]], ...] = (
    (Permission.FILL, ("sentence", "menu", "resume", "duplicate", "photo", "edit", "undo", "cancel")),
    (Permission.DECIDE, ("approve", "changes", "reject")),
    (Permission.READ_ALL, ("queue", "stats")),
    (Permission.STEER, ("people", "invite", "role", "here", "templates", "reload")),
    (Permission.CHAT, ("language", "join", "help")),
)
"""Help lines (prompts/<language>/help.yaml) by the permission one needs for them."""


async def show_help(turn: Turn) -> Reply:
    """Say what this person can do next."""
    if not turn.member.id:
        return Refuse(text=turn.text("help.stranger"), is_private=True)
    if not turn.member.memberships:
        return Refuse(text=turn.text("help.no_role", name=turn.member.name), is_private=True)
    allowed = [line for permission, lines in LINES if turn.member.may(permission) for line in lines]
    lines = tuple(turn.text(f"help.{line}") for line in allowed)
    campaign = await _campaign_here(turn)
    is_private = not turn.incoming.address.is_direct
    return ListOut(title=_title(turn, campaign), lines=lines, rows=_rows(turn, campaign), is_private=is_private)


def _title(turn: Turn, campaign: Campaign | None) -> Text:
    roles = ", ".join(dict.fromkeys(turn.line(f"words.role_{each.role}") for each in turn.member.memberships))
    greeting = turn.text("help.title", name=Strong(text=turn.member.name), roles=roles)
    if campaign is None:
        return greeting
    state = turn.line(f"words.state_{campaign.state}")
    return (*greeting, " ", *turn.text("help.state", state=state, why=turn.line(f"help.state_{campaign.state}")))


async def _campaign_here(turn: Turn) -> Campaign | None:
    focused = turn.focus.campaign_id
    return await turn.uow.campaigns.get(focused, turn.member, turn.places) if focused else None


def _rows(turn: Turn, campaign: Campaign | None) -> Rows:
    if not turn.member.may(Permission.FILL):
        return ()
    row = [turn.button("buttons.menu", "menu", style="primary"), turn.button("buttons.resume", "resume")]
    if campaign:
        row.insert(1, turn.button("buttons.show_card", "show_card", campaign))
    return (tuple(row),)
