"""`invite`: the one-time code with which the first admin of a network comes in."""

import argparse
import asyncio
from datetime import UTC, datetime, timedelta

from bot.commands.command import Command, Stop, brand_dir
from bot.commands.store import open_store
from bot.domain.event import AuditEvent
from bot.domain.ids import LocationId, MemberId, TerritoryId
from bot.domain.invitation import digest_code, new_code
from bot.domain.member import Membership, Role
from bot.settings import Settings

COMMAND_LINE = MemberId("")
"""Who invites where nobody is a member yet."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--role", required=True, choices=[str(role) for role in Role], help="what the person becomes")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--location", help="id of the one location it is for")
    where.add_argument("--territory", help="id of the territory it is for; neither: the whole brand")
    parser.add_argument("--hours", type=int, default=72, help="how long the code may be used, in hours (72)")


async def _invite(arguments: argparse.Namespace, settings: Settings) -> int:
    membership = Membership(
        role=Role(arguments.role),
        location_id=LocationId(arguments.location) if arguments.location else None,
        territory_id=TerritoryId(arguments.territory) if arguments.territory else None,
    )
    code = new_code()
    now = datetime.now(UTC)
    async with open_store(settings) as store, store.writing() as uow:
        places = await uow.places.load()
        _require(arguments.location, [place.id for place in places.locations])
        _require(arguments.territory, [area.id for area in places.territories])
        await uow.codes.add(
            digest_code(code),
            member_id=None,
            membership=membership,
            expires_at=now + timedelta(hours=arguments.hours),
            by=COMMAND_LINE,
        )
        facts = membership.model_dump(mode="json")
        await uow.audit.append(AuditEvent(what="member.invited", subject=str(membership.role), at=now, facts=facts))
        await uow.commit()
    print(_explain(code, hours=arguments.hours, brand=brand_dir(settings).name))
    return 0


def _require(name: str | None, known: list[str]) -> None:
    if name and name not in known:
        raise Stop(f"“{name}” is not known; known: {', '.join(sorted(known)) or 'nothing, run `seed` first'}")


def _explain(code: str, *, hours: int, brand: str) -> str:
    return (
        f"One-time code for {brand}, valid for {hours} hours:\n\n    {code}\n\n"
        f"Telegram: open t.me/<your bot>?start={code}\nSlack:    /glocal join {code}"
    )


INVITE = Command(
    name="invite",
    summary="print a one-time code that makes its first user a member",
    story="For the first admin of a real network: `seed --no-people`, then `invite --role admin`. Everybody else is "
    "invited in the chat with /glocal invite.",
    run=lambda arguments, settings: asyncio.run(_invite(arguments, settings)),
    add_arguments=_add_arguments,
)
