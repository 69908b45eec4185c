"""Invite somebody to a role, or oneself to a second chat account, with a one-time code."""

from datetime import timedelta

from bot.chat import Choose, Done, Quoted, Refuse, Reply, Say
from bot.dialog.places import as_membership, closest_names, find_place, place_names, split_place
from bot.domain.invitation import digest_code, new_code
from bot.domain.member import Membership, Permission, Role
from bot.turn import Turn
from handlers.people import say_role

VALID_FOR = timedelta(days=7)
ONESELF = {"", "me", "yo", "moi"}


async def invite(turn: Turn) -> Reply:
    """Say whom the code would be for, and ask before making it."""
    what, where = split_place(turn.typed)
    if what.casefold() in ONESELF and not where:
        return await _confirm(turn, None)
    turn.require(Permission.STEER)
    role = next((one for one in Role if what.casefold() in {one.value, turn.line(f"words.role_{one}")}), None)
    if role is None:
        return _which_role(turn)
    place = find_place(where, turn.places) if where else None
    if where and place is None:
        nearest = ", ".join(closest_names(where, place_names(turn.places)))
        return Refuse(text=turn.text("people.no_such_place", words=Quoted(text=where), nearest=nearest),
                      rows=((turn.button("buttons.help", "help"),),))  # fmt: skip
    if place is None and role not in {Role.ADMIN, Role.AUDITOR}:
        return await _which_place(turn, role)
    return await _confirm(turn, as_membership(role, place))


async def invite_role(turn: Turn) -> Reply:
    """Go on from a press: ask for the role, then the place, then confirm."""
    if not turn.action or not turn.action.subject:
        return _which_role(turn)
    chosen = await turn.chosen()
    return await _confirm(turn, Membership.model_validate(chosen["membership"]))


async def invite_confirmed(turn: Turn) -> Reply:
    """Make the code; it is shown this once."""
    pending = await turn.pending()
    chosen = await turn.chosen()
    membership = Membership.model_validate(chosen["membership"]) if chosen["membership"] else None
    if membership:
        turn.require_governing(membership)
    if not await turn.uow.pendings.use(pending.id):
        return Refuse(
            text=turn.text("people.code_made"), rows=((turn.button("buttons.help", "help"),),), is_private=True
        )
    code = new_code()
    member_id = None if membership else turn.member.id
    expires_at = turn.now + VALID_FOR
    await turn.uow.codes.add(
        digest_code(code), member_id=member_id, membership=membership, expires_at=expires_at, by=turn.member.id
    )
    await turn.log("member.invited", turn.member.id, role=str(membership.role) if membership else "second account")
    text = turn.text("people.code", code=Quoted(text=code), days=VALID_FOR.days)
    return Done(text=text, rows=((turn.button("buttons.help", "help"),),), is_private=True)


async def _confirm(turn: Turn, membership: Membership | None) -> Reply:
    if membership:
        turn.require_governing(membership)
    kept = membership.model_dump(mode="json") if membership else None
    pending = await turn.offer("invite_confirmed", [{"membership": kept}])
    yes = turn.button("buttons.make_code", "invite_confirmed", index=0, subject=pending.id, style="primary")
    no = turn.button("buttons.never_mind", "back")
    what = say_role(turn, membership) if membership else turn.line("people.second_account")
    text = turn.text("people.invite_confirm", what=what, days=VALID_FOR.days)
    return Say(text=text, rows=((yes, no),), is_private=not turn.incoming.address.is_direct)


def _which_role(turn: Turn) -> Reply:
    examples = turn.text("people.which_role")
    return Say(
        text=examples, rows=((turn.button("buttons.help", "help"),),), is_private=not turn.incoming.address.is_direct
    )


async def _which_place(turn: Turn, role: Role) -> Reply:
    listed = turn.places.territories if role is Role.APPROVER else turn.places.locations
    offered = [(place.name, as_membership(role, place)) for place in listed]
    mine = [(name, membership) for name, membership in offered if turn.member.governs(membership, turn.places)]
    pending = await turn.offer("invite_role", [{"membership": one.model_dump(mode="json")} for _, one in mine])
    options = turn.options(pending, [name for name, _ in mine])
    text = turn.text("people.which_place", role=turn.line(f"words.role_{role}"))
    return Choose(text=text, options=options, rows=((turn.button("buttons.never_mind", "back"),),))
