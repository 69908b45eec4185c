"""Choose the language of the bot's words to oneself."""

from babel import Locale

from bot.chat import Choose, Done, Reply
from bot.domain.member import Permission
from bot.turn import Turn
from handlers.sentence import ways_in


async def language(turn: Turn) -> Reply:
    """Switch to the typed language, or offer those there are."""
    spoken = turn.words.languages
    wanted = next((code for code in spoken if turn.typed.casefold() in _names(code)), None)
    if wanted:
        return await _switch(turn, wanted)
    pending = await turn.offer("language_chosen", [{"language": code} for code in spoken])
    options = turn.options(pending, [_own_name(code) for code in spoken])
    return Choose(text=turn.text("admin.which_language"), options=options)


async def language_chosen(turn: Turn) -> Reply:
    """Switch to the pressed language."""
    return await _switch(turn, str((await turn.chosen())["language"]))


async def _switch(turn: Turn, code: str) -> Reply:
    await turn.uow.members.set_locale(turn.member.id, code)
    speech = turn.speaking_to(turn.member.model_copy(update={"locale": code}))
    menu_row = (speech.button("buttons.menu", "menu"), speech.button("buttons.help", "help"))
    rows = (menu_row,) if speech.member.may(Permission.FILL) else ways_in(speech)
    text = speech.text("admin.language_done", language=_own_name(code).lower() if code != "en" else _own_name(code))
    return Done(text=text, rows=rows, is_private=not turn.incoming.address.is_direct)


def _own_name(code: str) -> str:
    return str(Locale.parse(code).get_display_name(code) or code).capitalize()


def _names(code: str) -> set[str]:
    shown = {str(Locale.parse(code).get_display_name(other) or "").casefold() for other in ("en", "es", "fr")}
    return {code, *shown}
