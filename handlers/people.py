"""List the people of the network with their roles and places."""

from bot.chat import ListOut, Reply, Strong, Text
from bot.dialog.places import name_of
from bot.domain.member import Member, Membership
from bot.turn import Turn

MOST = 30
"""Rows that are still read in a chat; more are found by name."""


async def people(turn: Turn) -> Reply:
    """List everybody, or those whose name begins with the typed words."""
    found = await (turn.uow.members.by_name(turn.typed) if turn.typed else turn.uow.members.all())
    lines = [_line(turn, member) for member in found[:MOST]]
    if len(found) > MOST:
        lines.append(turn.text("people.more", count=len(found) - MOST))
    return ListOut(
        title=turn.text("people.title", count=len(found)),
        lines=tuple(lines) or (turn.text("people.nobody", words=turn.typed),),
        rows=((turn.button("buttons.invite", "invite_role"), turn.button("buttons.help", "help")),),
        is_private=not turn.incoming.address.is_direct,
    )


def _line(turn: Turn, member: Member) -> Text:
    roles = ", ".join(say_role(turn, membership) for membership in member.memberships)
    chats = ", ".join(sorted({account.platform.capitalize() for account in member.accounts}))
    return turn.text(
        "people.line", name=Strong(text=member.name), roles=roles or turn.line("people.no_role"), chats=chats
    )


def say_role(turn: Turn, membership: Membership) -> str:
    """Say a role and where it counts, such as `approver (Springfield area)`."""
    place = name_of(membership, turn.places) or turn.line("people.everywhere")
    return turn.line("people.role_at", role=turn.line(f"words.role_{membership.role}"), place=place)
