"""What a card shows to whom: pure views of a campaign for its owner and for its approvers.

`bot/redraw.py` gathers what a view needs and hands the card to a platform. Nobody posts a card by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.chat import Action, Button, Card, Line, Note, Picture, Quoted, Rows, Strong, Text, Tone, plain
from bot.dialog.moments import show_moment
from bot.dialog.names import name_any
from bot.dialog.needs import find_needs
from bot.dialog.words import Words
from bot.domain.approval import ApprovalRequest, Outcome, RequestState
from bot.domain.campaign import EDITABLE, UNFINISHED, Campaign, Delivery, State
from bot.domain.conversation import Placement, View
from bot.domain.draft import Draft
from bot.domain.finding import Finding, Severity
from bot.domain.ids import MemberId
from bot.domain.template import Slot
from bot.slots import show_value

TONES: Mapping[Severity, Tone] = {Severity.BLOCK: "block", Severity.WARN: "warn", Severity.REQUIRE: "info"}


@dataclass(frozen=True)
class CardScene:
    """Everything a view is made from."""

    campaign: Campaign
    draft: Draft
    placement: Placement
    words: Words
    now: datetime
    findings: tuple[Finding, ...] = ()
    rules_checked: int = 0
    pictures: tuple[Picture, ...] = ()
    request: ApprovalRequest | None = None
    """Owner's view: the campaign's own; approver's view: the one the card stands for."""
    people: Mapping[MemberId, str] = field(default_factory=dict)
    waits_for: tuple[str, ...] = ()
    """Names of those who may decide now."""
    preview_failed: bool = False
    too_long: tuple[str, ...] = ()
    """Slots whose text the pictures cannot show whole."""

    @property
    def language(self) -> str:
        """Give the language of the card's words."""
        return self.placement.locale

    def text(self, key: str, /, **facts: object) -> Text:
        """Say it in the card's language."""
        return self.words.text(key, self.language, **facts)

    def line(self, key: str, /, **facts: object) -> str:
        """Say it in the card's language, as plain characters."""
        return self.words.line(key, self.language, **facts)

    def format_name(self, name: str) -> str:
        """Say a format in the card's language; one that headquarters made up goes by its own name."""
        return self.line(f"words.format_{name}") if self.words.has(f"words.format_{name}") else name

    def button(self, key: str, verb: str, *, index: int | None = None, style: str = "plain",
               opens_form: bool = False, **facts: object) -> Button:  # fmt: skip
        """Make a button on the campaign, or on the request for deciding."""
        subject, revision = self.campaign.id, self.campaign.revision
        action = Action(verb=verb, subject=subject, revision=revision, index=index, is_on_card=True)
        return Button.model_validate(
            {"label": self.line(key, **facts), "action": str(action), "style": style, "opens_form": opens_form}
        )


def draw_card(scene: CardScene) -> Card:
    """Give the card of a placement."""
    is_owner = scene.placement.view is View.OWNER
    title = scene.text(
        "card.title",
        template=Strong(text=scene.draft.template.copy_for(scene.language).title),
        location=scene.draft.location.name,
    )
    status = _owner_status(scene) if is_owner else _approver_status(scene)
    return Card(
        campaign_id=scene.campaign.id,
        revision=scene.campaign.revision,
        view=scene.placement.view,
        request_id=scene.placement.request_id,
        title=title,
        status=status,
        pictures=scene.pictures,
        lines=tuple(_line(scene, slot) for slot in scene.draft.template.slots),
        notes=_notes(scene, is_owner=is_owner),
        rows=_owner_rows(scene) if is_owner else _approver_rows(scene),
        summary=f"{plain(title)}: {plain(status)}",
    )


# ---------------------------------------------------------------- lines and notes


def _line(scene: CardScene, slot: Slot) -> Line:
    copy = scene.draft.template.copy_for(scene.language).slots[slot.name]
    value = scene.draft.values.get(slot.name)
    if value is None:
        key = "card.missing" if slot.is_required else "card.left_empty"
        return Line(label=copy.label, value=scene.text(key), mark="missing" if slot.is_required else "")
    if slot.type == "photo":
        shown: Text = scene.text("card.photo")
    else:
        shown = (Quoted(text=show_value(value, slot, scene.draft.reading, copy)),)
    if slot.is_locked:
        return Line(label=copy.label, value=shown, mark="locked")
    if not value.is_confirmed:
        note = scene.line("card.unconfirmed", source=scene.line(f"words.source_{value.source}"))
        return Line(label=copy.label, value=shown, mark="unconfirmed", note=note)
    if scene.placement.view is View.APPROVER and _differs(scene, slot):
        return Line(label=copy.label, value=shown, mark="changed", note=scene.line("card.changed"))
    return Line(label=copy.label, value=shown)


def _differs(scene: CardScene, slot: Slot) -> bool:
    copy = scene.draft.template.copy_for(scene.draft.location.language).slots[slot.name]
    if slot.profile or not copy.default:
        return False
    shown = show_value(scene.draft.values[slot.name], slot, scene.draft.reading, copy)
    return shown.casefold() != copy.default.casefold()


def _notes(scene: CardScene, *, is_owner: bool) -> tuple[Note, ...]:
    notes = [
        Note(
            tone=TONES[found.severity],
            text=scene.text("card.finding", sentence=found.sentence, citation=found.citation),
        )
        for found in scene.findings
    ]
    if not notes and not is_owner:
        notes.append(Note(tone="ok", text=scene.text("card.checks_pass", count=scene.rules_checked)))
    if is_owner and scene.campaign.note and scene.campaign.state in {State.CHANGES_REQUESTED, State.REJECTED}:
        said = scene.text("card.note", words=Quoted(text=scene.campaign.note), name=_who(scene))
        notes.insert(0, Note(tone="info", text=said))
    for name in scene.too_long:
        label = scene.draft.template.copy_for(scene.language).slots[name].label
        notes.append(Note(tone="warn", text=scene.text("card.does_not_fit", label=Strong(text=label))))
    if scene.preview_failed:
        notes.insert(0, Note(tone="warn", text=scene.text("card.preview_failed")))
    return tuple(notes)


def _who(scene: CardScene) -> str:
    return scene.people.get(scene.campaign.changed_by, "") or scene.line("words.headquarters")


# ---------------------------------------------------------------- the owner's view


def _owner_status(scene: CardScene) -> Text:
    campaign = scene.campaign
    if campaign.state in UNFINISHED:
        slots = [slot for slot in scene.draft.template.slots if slot.is_required]
        filled = sum(slot.name in scene.draft.values for slot in slots)
        key = "card.progress_changes" if campaign.state is State.CHANGES_REQUESTED else "card.progress"
        return scene.text(key, filled=filled, total=len(slots), unconfirmed=len(scene.draft.unconfirmed))
    if campaign.state is State.SUBMITTED:
        return _waiting(scene)
    if campaign.state is State.APPROVED:
        return scene.text(f"card.approved_{campaign.delivery}", name=_approved_by(scene))
    return scene.text(f"card.{campaign.state}", name=_who(scene))


def _approved_by(scene: CardScene) -> str:
    decisions = scene.request.decisions if scene.request else ()
    yes = [d.member_id for d in decisions if d.outcome is Outcome.APPROVE]
    names = [scene.people.get(member, "") for member in yes]
    return ", ".join(name for name in names if name) or scene.line("words.the_rules")


def _waiting(scene: CardScene) -> Text:
    names = name_any(scene.waits_for, scene.language) or scene.line("words.headquarters")
    due = scene.request.due_at if scene.request else None
    if not due:
        return scene.text("card.waiting", names=Strong(text=names))
    moment = show_moment(due, location=scene.draft.location, language=scene.language)
    return scene.text("card.waiting_until", names=Strong(text=names), due=moment)


def _owner_rows(scene: CardScene) -> Rows:
    campaign = scene.campaign
    rows = [_next_step(scene)]
    if campaign.state is not State.WITHDRAWN:
        rows.append(_format_row(scene))
    last: list[Button] = []
    if campaign.state in EDITABLE:
        last.append(scene.button("buttons.edit", "edit", opens_form=True))
    if campaign.can_undo(scene.now):
        last.append(scene.button("buttons.undo", "undo"))
    if campaign.state in EDITABLE:
        key = "buttons.withdraw" if campaign.state is State.SUBMITTED else "buttons.cancel"
        last.append(scene.button(key, "cancel"))
    rows.append((*last, scene.button("buttons.help", "help")))
    return tuple(row for row in rows if row)


def _next_step(scene: CardScene) -> tuple[Button, ...]:
    campaign, draft = scene.campaign, scene.draft
    if campaign.state in UNFINISHED:
        steps: list[Button] = []
        waiting = find_needs(draft, scene.findings).to_ask
        if draft.unconfirmed:
            style = "plain" if waiting else "primary"
            steps.append(scene.button("buttons.confirm", "confirm", style=style, count=len(draft.unconfirmed)))
        if waiting:
            label = draft.template.copy_for(scene.language).slots[waiting[0]].label
            steps.insert(0, scene.button("buttons.next", "next", style="primary", label=label))
        return tuple(steps) or (scene.button("buttons.submit", "submit", style="primary"),)
    if campaign.state is State.APPROVED and campaign.delivery is Delivery.UNCERTAIN:
        return (scene.button("buttons.send_again", "send_again", style="primary"),)
    if campaign.state in {State.DELIVERED, State.EXPIRED, State.WITHDRAWN}:
        return (scene.button("buttons.use_again", "duplicate", style="primary"),)
    return ()


def _format_row(scene: CardScene) -> tuple[Button, ...]:
    formats = scene.draft.template.formats
    chosen = scene.placement.format or formats[0]
    return tuple(
        scene.button(
            "buttons.format_chosen" if name == chosen else "buttons.format", "format", index=index,
            name=scene.format_name(name),
        )
        for index, name in enumerate(formats)
    )  # fmt: skip


# ---------------------------------------------------------------- the approvers' view


def _approver_status(scene: CardScene) -> Text:
    request, people = scene.request, scene.people
    if request is None:
        return scene.text("card.request_gone")
    asked_by = people.get(request.asked_by, scene.line("words.somebody"))
    if request.is_open:
        due = (
            show_moment(request.due_at, location=scene.draft.location, language=scene.language)
            if request.due_at
            else ""
        )
        return scene.text(
            "card.asks", name=Strong(text=asked_by), due=due, names=name_any(scene.waits_for, scene.language),
            stage=request.stage + 1, stages=len(request.stages), left=request.approvals_left(),
        )  # fmt: skip
    if not request.decisions or request.state in {RequestState.VOIDED, RequestState.EXPIRED}:
        return scene.text(f"card.request_{request.state}", name=asked_by, at="", words="")
    last = request.decisions[-1]
    at = show_moment(last.decided_at, location=scene.draft.location, language=scene.language)
    name = people.get(last.member_id, scene.line("words.somebody"))
    return scene.text(f"card.request_{request.state}", name=Strong(text=name), at=at, words=Quoted(text=last.words))


def _approver_rows(scene: CardScene) -> Rows:
    request = scene.request
    if request is None or not request.is_open:
        return ()

    def decide(key: str, verb: str, style: str, *, opens_form: bool = False) -> Button:
        action = Action(verb=verb, subject=request.id, revision=request.revision, is_on_card=True)
        fields = {"label": scene.line(key), "action": str(action), "style": style, "opens_form": opens_form}
        return Button.model_validate(fields)

    return (
        (
            decide("buttons.approve", "approve", "primary"),
            decide("buttons.changes", "changes", "plain", opens_form=True),
            decide("buttons.reject", "reject", "danger", opens_form=True),
        ),
    )
