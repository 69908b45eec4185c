"""Redeem a one-time code: a newcomer becomes a member, a member gets a role or a second account."""

from pydantic import JsonValue

from bot.chat import Done, Refuse, Reply, Say, Strong
from bot.domain.ids import MemberId, new_id
from bot.domain.invitation import Invitation, digest_code
from bot.domain.member import Account, Member, Permission
from bot.errors import WrongState
from bot.turn import Turn
from handlers.people import say_role
from handlers.sentence import ways_in


async def join(turn: Turn) -> Reply:
    """Use the code, greet, and tell whoever invited."""
    code = turn.typed.strip()
    if not code:
        help_row = (turn.button("buttons.help", "help"),)
        return Refuse(
            text=turn.text("people.no_code"), rows=(help_row,), is_private=not turn.incoming.address.is_direct
        )
    invitation = await turn.uow.codes.redeem(digest_code(code), turn.now)
    if invitation is None or not await _still_stands(turn, invitation):
        raise WrongState("code_unknown")
    member = await (_second_account(turn, invitation) if invitation.member_id else _new_role(turn, invitation))
    await turn.log("member.joined", member.id, platform=turn.incoming.address.platform)
    await _tell_inviter(turn, invitation, member)
    speech = turn.speaking_to(member)
    roles = ", ".join(say_role(speech, one) for one in member.memberships)
    menu_row = (speech.button("buttons.menu", "menu"), speech.button("buttons.help", "help"))
    rows = (menu_row,) if speech.member.may(Permission.FILL) else ways_in(speech)
    return Done(text=speech.text("people.welcome", name=Strong(text=member.name), roles=roles), rows=rows)


async def _still_stands(turn: Turn, invitation: Invitation) -> bool:
    """Tell whether whoever invited may still do so; the command line always may."""
    issuer = await turn.uow.members.get(invitation.issued_by)
    if issuer is None:
        return not invitation.issued_by
    return invitation.membership is None or issuer.governs(invitation.membership, turn.places)


def _account(turn: Turn) -> Account:
    here = turn.incoming.address
    return Account(platform=here.platform, workspace=here.workspace, user_id=turn.incoming.actor.user_id)


async def _second_account(turn: Turn, invitation: Invitation) -> Member:
    member = await turn.uow.members.get(MemberId(invitation.member_id or ""))
    if member is None or (turn.member.id and turn.member.id != member.id):
        raise WrongState("account_taken")
    if not turn.member.id:
        await turn.uow.members.add_account(member.id, _account(turn))
    return member


async def _new_role(turn: Turn, invitation: Invitation) -> Member:
    membership = invitation.membership
    if membership is None:
        raise WrongState("code_unknown")
    if turn.member.id:
        await turn.uow.members.grant(turn.member.id, membership)
        return await turn.uow.members.get(turn.member.id) or turn.member
    name = turn.incoming.actor.name or turn.incoming.actor.user_id
    locale = turn.member.locale
    if membership.location_id and not turn.incoming.actor.language:
        locale = turn.places.location(membership.location_id).language
    member = Member(
        id=MemberId(new_id("m")), name=name, locale=locale, accounts=(_account(turn),), memberships=(membership,)
    )
    await turn.uow.members.add(member)
    return member


async def _tell_inviter(turn: Turn, invitation: Invitation, member: Member) -> None:
    """Let the inviter see who came, with one press to send them away again."""
    inviter = await turn.uow.members.get(invitation.issued_by)
    if inviter is None or inviter.id == member.id or invitation.membership is None:
        return
    speech = turn.speaking_to(inviter)
    membership = invitation.membership
    kept: dict[str, JsonValue] = {"member": member.id, "membership": membership.model_dump(mode="json"), "as": "remove"}
    pending = await speech.offer("role_confirmed", [kept])
    remove = speech.button("buttons.not_them", "role_confirmed", index=0, subject=pending.id, style="danger")
    text = speech.text(
        "people.joined", name=Strong(text=member.name), role=say_role(speech, membership),
        platform=turn.incoming.address.platform.capitalize(),
    )  # fmt: skip
    turn.tell(inviter.id, Say(text=text, rows=((remove, speech.button("buttons.help", "help")),)))
