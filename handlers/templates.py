"""List the templates and narrow their use: `templates weekend-offer off`, `… from Dec 1 until Dec 24`."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.chat import Done, ListOut, Quoted, Refuse, Reply, Say, Strong, Text
from bot.dialog.places import closest_names, nearest
from bot.dialog.spans import Span, read_switch
from bot.domain.member import Membership, Role
from bot.domain.reading import Reading
from bot.domain.switch import Switch
from bot.domain.template import Template
from bot.errors import AskAgain, WrongState
from bot.turn import Turn

EVERYWHERE = Membership(role=Role.ADMIN)
"""Templates are the whole brand's: an admin of one territory may look, not switch."""


async def templates(turn: Turn) -> Reply:
    """List everything, or ask before a template is switched."""
    switches = await turn.uow.switches.get()
    known = _by_any_name(turn)
    name, _, rest = _parted(turn.typed, known)
    if not turn.typed:
        return _list(turn, switches)
    template = nearest(name, known)
    if template is None:
        names = ", ".join(closest_names(turn.typed, known))
        text = turn.text("admin.no_such_template", words=Quoted(text=turn.typed), nearest=names)
        rows = ((turn.button("buttons.templates", "templates"), turn.button("buttons.help", "help")),)
        return Refuse(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)
    if not rest:
        return _list(turn, switches, only=template)
    try:
        wanted = read_switch(rest, reading=_reading(turn), before=switches.get(template.name, Switch()))
    except AskAgain:
        text = turn.text("admin.switch_how", template=template.name)
        help_row = ((turn.button("buttons.help", "help"),),)
        return Refuse(text=text, rows=help_row, is_private=not turn.incoming.address.is_direct)
    return await _confirm(turn, template, wanted)


async def templates_confirmed(turn: Turn) -> Reply:
    """Switch it; campaigns that exist already are not touched."""
    chosen = await turn.use_up()
    template = turn.book.templates.get(str(chosen["template"]))
    if template is None:
        raise WrongState("template_gone")
    wanted = Switch.model_validate(chosen["switch"])
    turn.require_governing(EVERYWHERE)
    await turn.uow.switches.set(template.name, wanted)
    await turn.log("template.switched", template.name, **wanted.model_dump(mode="json"))
    text = turn.text("admin.switched", template=_title(turn, template), state=_say(turn, wanted))
    rows = ((turn.button("buttons.templates", "templates"), turn.button("buttons.help", "help")),)
    return Done(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


async def _confirm(turn: Turn, template: Template, wanted: Switch) -> Reply:
    turn.require_governing(EVERYWHERE)
    kept: dict[str, JsonValue] = {"template": template.name, "switch": wanted.model_dump(mode="json")}
    pending = await turn.offer("templates_confirmed", [kept])
    yes = turn.button("buttons.switch", "templates_confirmed", index=0, subject=pending.id, style="primary")
    text = turn.text("admin.switch_confirm", template=_title(turn, template), state=_say(turn, wanted))
    rows = ((yes, turn.button("buttons.never_mind", "back")),)
    return Say(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


def _list(turn: Turn, switches: Mapping[str, Switch], only: Template | None = None) -> Reply:
    shown = [only] if only else sorted(turn.book.templates.values(), key=lambda one: (one.rank, one.name))
    return ListOut(
        title=turn.text("admin.templates_title", count=len(turn.book.templates)),
        lines=tuple(_line(turn, template, switches.get(template.name, Switch())) for template in shown),
        rows=((turn.button("buttons.reload", "reload"), turn.button("buttons.help", "help")),),
        is_private=not turn.incoming.address.is_direct,
    )


def _line(turn: Turn, template: Template, switch: Switch) -> Text:
    own = Span(first=template.valid_from, last=template.valid_until)
    return turn.text(
        "admin.template_line", template=_title(turn, template), name=template.name, state=_say(turn, switch),
        own=own.say(turn.language) if own.is_bounded else "",
    )  # fmt: skip


def _say(turn: Turn, switch: Switch) -> str:
    if not switch.is_on:
        return turn.line("admin.off")
    span = Span(first=switch.valid_from, last=switch.valid_until)
    return turn.line("admin.on_between", days=span.say(turn.language)) if span.is_bounded else turn.line("admin.on")


def _title(turn: Turn, template: Template) -> Strong:
    return Strong(text=template.copy_for(turn.language).title)


def _by_any_name(turn: Turn) -> dict[str, Template]:
    named = {template.name: template for template in turn.book.templates.values()}
    titled = {template.copy_for(turn.language).title: template for template in turn.book.templates.values()}
    return {**titled, **named}


def _parted(typed: str, known: Mapping[str, Template]) -> tuple[str, str, str]:
    """Part a template's name (which may hold spaces) from the words after it."""
    folded = typed.casefold()
    for name in sorted(known, key=len, reverse=True):
        if folded.startswith(name.casefold()):
            return typed[: len(name)], " ", typed[len(name) :].strip()
    return typed.partition(" ")


def _reading(turn: Turn) -> Reading:
    """Read dates as headquarters writes them: at the first location of the person's language."""
    places = turn.places.locations
    mine = next((place for place in places if place.language == turn.language), places[0])
    return turn.reading(mine)
