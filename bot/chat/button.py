"""Buttons, and the command that each one is shorthand for."""

from typing import Literal

from bot.domain.frozen import Frozen

ACTION_BYTES = 64
"""Telegram Bot API, InlineKeyboardButton.callback_data."""
CARD_PREFIX = "card/"


class Action(Frozen):
    """What a button stands for: `[card/]verb:subject:revision[:index]`; no authority in it."""

    verb: str
    subject: str = ""
    revision: int = 0
    index: int | None = None
    is_on_card: bool = False
    """Drawn on a card: a press on a copy that the store does not know adopts it."""

    def __str__(self) -> str:
        head = CARD_PREFIX if self.is_on_card else ""
        tail = "" if self.index is None else f":{self.index}"
        return f"{head}{self.verb}:{self.subject}:{self.revision}{tail}"

    @classmethod
    def parse(cls, text: str) -> "Action | None":
        """Read a button's data; None when it is not ours."""
        parts = text.split(":")
        if len(parts) not in {3, 4} or not parts[0] or not all(part.isdigit() for part in parts[2:]):
            return None
        index = int(parts[3]) if len(parts) == 4 else None
        return cls(
            verb=parts[0].removeprefix(CARD_PREFIX),
            subject=parts[1],
            revision=int(parts[2]),
            index=index,
            is_on_card=parts[0].startswith(CARD_PREFIX),
        )


class Button(Frozen):
    """A labelled press. `opens_form`: on platforms with forms the press opens a (loading) form at once."""

    label: str
    action: str
    style: Literal["plain", "primary", "danger"] = "plain"
    opens_form: bool = False


Rows = tuple[tuple[Button, ...], ...]
