"""Give or take a role: `role Jo approver at Springfield area`, `role Jo remove approver at Springfield area`."""

from pydantic import JsonValue

from bot.chat import Done, Refuse, Reply, Say, Strong
from bot.dialog.places import as_membership, find_place, split_place
from bot.domain.ids import MemberId
from bot.domain.member import Member, Membership, Role
from bot.errors import WrongState
from bot.turn import Turn
from handlers.people import say_role

REMOVE = {"remove", "quitar", "retirer"}


async def role(turn: Turn) -> Reply:
    """Say what would change, and ask before it does."""
    what, where = split_place(turn.typed)
    words = what.split()
    wanted = _role_in(turn, words)
    if wanted is None:
        return _explain(turn, "people.role_how")
    name = " ".join(
        word for word in words if word.casefold() not in REMOVE and word.casefold() not in _names(turn, wanted)
    )
    found = await turn.uow.members.by_name(name) if name else ()
    if len(found) != 1:
        names = ", ".join(member.name for member in found[:5])
        return _explain(turn, "people.several" if found else "people.nobody", words=name, names=names)
    place = find_place(where, turn.places) if where else None
    if where and place is None:
        return _explain(
            turn, "people.no_such_place", words=where, nearest=", ".join(a.name for a in turn.places.territories)
        )
    wished = as_membership(wanted, place)
    turn.require_governing(wished)
    kind = "remove" if any(word.casefold() in REMOVE for word in words) else "grant"
    return await _confirm(turn, found[0], wished, kind)


async def role_confirmed(turn: Turn) -> Reply:
    """Change the role, tell the person, and note it."""
    chosen = await turn.use_up()
    membership = Membership.model_validate(chosen["membership"])
    turn.require_governing(membership)
    member = await turn.uow.members.get(MemberId(str(chosen["member"])))
    if member is None:
        raise WrongState("person_gone")
    if chosen["as"] == "remove":
        await _keep_one_admin(turn, member, membership)
        changed = await turn.uow.members.revoke(member.id, membership)
    else:
        changed = await turn.uow.members.grant(member.id, membership)
    if not changed:
        people_row = (turn.button("buttons.people", "people"), turn.button("buttons.help", "help"))
        return Done(
            text=turn.text("people.role_same", name=Strong(text=member.name)), rows=(people_row,), is_private=True
        )
    await turn.log(f"member.role_{chosen['as']}", member.id, role=str(membership.role))
    speech = turn.speaking_to(member)
    told = speech.text(f"people.told_{chosen['as']}", role=say_role(speech, membership), name=turn.member.name)
    if member.id != turn.member.id:
        turn.tell(member.id, Say(text=told, rows=((speech.button("buttons.help", "help"),),)))
    text = turn.text(f"people.done_{chosen['as']}", name=Strong(text=member.name), role=say_role(turn, membership))
    rows = ((turn.button("buttons.help", "help"),),)
    return Done(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


async def _confirm(turn: Turn, member: Member, membership: Membership, kind: str) -> Reply:
    kept: dict[str, JsonValue] = {"member": member.id, "membership": membership.model_dump(mode="json"), "as": kind}
    pending = await turn.offer("role_confirmed", [kept])
    style = "danger" if kind == "remove" else "primary"
    yes = turn.button(f"buttons.role_{kind}", "role_confirmed", index=0, subject=pending.id, style=style)
    text = turn.text(f"people.confirm_{kind}", name=Strong(text=member.name), role=say_role(turn, membership))
    rows = ((yes, turn.button("buttons.never_mind", "back")),)
    return Say(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


async def _keep_one_admin(turn: Turn, member: Member, membership: Membership) -> None:
    """Raise WrongState when nobody would be left to steer the whole brand."""
    everything = Membership(role=Role.ADMIN)
    if membership != everything:
        return
    everybody = await turn.uow.members.all()
    others = [one for one in everybody if one.id != member.id and one.governs(everything, turn.places)]
    if not others:
        raise WrongState("last_admin")


def _role_in(turn: Turn, words: list[str]) -> Role | None:
    folded = {word.casefold() for word in words}
    return next((one for one in Role if folded & _names(turn, one)), None)


def _names(turn: Turn, wanted: Role) -> set[str]:
    return {wanted.value, turn.line(f"words.role_{wanted}").casefold()}


def _explain(turn: Turn, key: str, **facts: object) -> Reply:
    rows = ((turn.button("buttons.help", "help"),),)
    return Refuse(text=turn.text(key, **facts), rows=rows, is_private=not turn.incoming.address.is_direct)
