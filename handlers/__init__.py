"""ROUTES: everything people may ask of Glocal, on one screen. One row is one request; its file is in this folder."""

from bot.domain.member import Permission
from bot.router import Event, On, Route, command, intent, press, sent_form
from handlers.answer import answer
from handlers.ask import ask, ask_next
from handlers.back import back
from handlers.cancel import cancel
from handlers.clear import clear
from handlers.confirm import confirm
from handlers.delivery_again import delivery_again
from handlers.duplicate import duplicate
from handlers.edit import edit
from handlers.edited import edited
from handlers.fill import fill
from handlers.form import form as fill_form
from handlers.help import show_help
from handlers.here import here, here_chosen, here_confirmed
from handlers.invite import invite, invite_confirmed, invite_role
from handlers.join import join
from handlers.language import language, language_chosen
from handlers.menu import menu, prepare_menu
from handlers.people import people
from handlers.photo import photo, prepare_photo
from handlers.queue import queue
from handlers.reload import prepare_reload, reload, reload_confirmed
from handlers.request_approve import request_approve
from handlers.request_changes import request_changes, request_reject
from handlers.request_react import request_react
from handlers.request_record import request_comment, request_record
from handlers.request_words import request_words
from handlers.resume import resume
from handlers.role import role, role_confirmed
from handlers.sentence import understand
from handlers.show_card import show_card
from handlers.show_format import show_format
from handlers.skip import skip
from handlers.start import start
from handlers.stats import prepare_stats, stats
from handlers.submit import prepare_submit, submit
from handlers.suggest import prepare_suggestions, suggest
from handlers.templates import templates, templates_confirmed
from handlers.undo import undo
from handlers.unknown import unknown_command, unknown_press
from handlers.unsupported import unsupported

FILL, DECIDE = Permission.FILL, Permission.DECIDE
STEER, READ_ALL = Permission.STEER, Permission.READ_ALL

TALK = (
    Route("sentence", understand, on=(On(Event.FREE_TEXT),)),
    Route("answer", answer, on=(On(Event.ANSWER),)),
    Route("help", show_help, on=(press("help"), command("help"), intent("help")), is_for_strangers=True),
    Route("edited", edited, on=(On(Event.EDITED),)),
    Route("unsupported", unsupported, on=(On(Event.UNSUPPORTED),)),
    Route("unknown_press", unknown_press, on=(On(Event.UNKNOWN_PRESS),)),
    Route("unknown_command", unknown_command, on=(On(Event.UNKNOWN_COMMAND),)),
)

DRAFT = (
    Route("menu", menu, on=(press("menu"), intent("menu")), needs=FILL, prepare=prepare_menu),
    Route("start", start, on=(press("start"),), needs=FILL),
    Route("resume", resume, on=(press("resume"), intent("resume")), needs=FILL),
    Route("duplicate", duplicate, on=(press("duplicate"), intent("duplicate")), needs=FILL),
    Route("show_card", show_card, on=(press("show_card"), intent("show_card"))),
    Route("show_format", show_format, on=(press("format"),), needs=FILL),
    Route("ask", ask, on=(press("ask"),), needs=FILL),
    Route("ask_next", ask_next, on=(press("next"), intent("next")), needs=FILL),
    Route("fill", fill, on=(press("fill"),), needs=FILL),
    Route("skip", skip, on=(press("skip"), intent("skip")), needs=FILL),
    Route("clear", clear, on=(press("clear"),), needs=FILL),
    Route("back", back, on=(press("back"), intent("back"))),
    Route("suggest", suggest, on=(press("suggest"), intent("suggest")), needs=FILL, prepare=prepare_suggestions),
    Route("photo", photo, on=(On(Event.PHOTO),), prepare=prepare_photo),
    Route("edit", edit, on=(press("edit"), intent("edit")), needs=FILL),
    Route("form", fill_form, on=(sent_form("form"),), needs=FILL),
    Route("confirm", confirm, on=(press("confirm"), intent("confirm")), needs=FILL, is_bound=True),
    Route("undo", undo, on=(press("undo"), intent("undo")), needs=FILL, is_bound=True),
    Route("cancel", cancel, on=(press("cancel"), intent("cancel"))),
    Route("submit", submit, on=(press("submit"), intent("submit")), needs=FILL, is_bound=True, prepare=prepare_submit),
)

APPROVAL = (
    Route("approve", request_approve, on=(press("approve"),), needs=DECIDE),
    Route("react", request_react, on=(On(Event.REACTION),)),
    Route("changes", request_changes, on=(press("changes"),), needs=DECIDE),
    Route("reject", request_reject, on=(press("reject"),), needs=DECIDE),
    Route("words", request_words, on=(sent_form("changes_words"), sent_form("reject_words")), needs=DECIDE),
    Route("comment", request_comment, on=(On(Event.THREAD_TEXT),)),
    Route("record", request_record, on=(press("record"),), needs=DECIDE),
    Route("send_again", delivery_again, on=(press("send_again"),), needs=FILL, is_bound=True),
)

ADMIN = (
    Route("people", people, on=(command("people"), press("people")), needs=STEER),
    Route("invite", invite, on=(command("invite"),)),
    Route("invite_role", invite_role, on=(press("invite_role"),), needs=STEER),
    Route("invite_confirmed", invite_confirmed, on=(press("invite_confirmed"),)),
    Route("join", join, on=(command("join"),), is_for_strangers=True),
    Route("role", role, on=(command("role"),), needs=STEER),
    Route("role_confirmed", role_confirmed, on=(press("role_confirmed"),), needs=STEER),
    Route("here", here, on=(command("here"),), needs=STEER),
    Route("here_chosen", here_chosen, on=(press("here_chosen"),), needs=STEER),
    Route("here_confirmed", here_confirmed, on=(press("here_confirmed"),), needs=STEER),
    Route("templates", templates, on=(command("templates"), press("templates")), needs=STEER),
    Route("templates_confirmed", templates_confirmed, on=(press("templates_confirmed"),), needs=STEER),
    Route("queue", queue, on=(command("queue"), press("queue")), needs=READ_ALL),
    Route("stats", stats, on=(command("stats"), press("stats")), needs=READ_ALL, prepare=prepare_stats),
    Route("reload", reload, on=(command("reload"), press("reload")), needs=STEER, prepare=prepare_reload),
    Route("reload_confirmed", reload_confirmed, on=(press("reload_confirmed"),), needs=STEER, prepare=prepare_reload),
    Route("language", language, on=(command("language"),)),
    Route("language_chosen", language_chosen, on=(press("language_chosen"),)),
)

ROUTES: tuple[Route, ...] = (*TALK, *DRAFT, *APPROVAL, *ADMIN)
