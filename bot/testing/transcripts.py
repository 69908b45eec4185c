"""Whole chats as text files: tests and documentation in one. Read by `load_script`, played by `play`.

    A title sentence.

    maria: owner at old-mill on telegram
    sam: approver at springfield on slack, speaks es

    maria> 20% off croissants this weekend
    bot> I understood …  [Weekend offer] [New product]
    sam> [Approve]
    bot to maria> Sam approved it.

Acts: `name> words`, `name> [Button]`, `name> [Button] (drawing 0)`, `name> :emoji:`, `name> (photo a.jpg) caption`,
`name> (form) input=words; input=words`, `name> (edits) words`, `name> (sticker)`, `name in thread> words`,
`name in channel> words`, `2 hours pass`. Expectations: `bot> …` (to whoever acted), `bot to name> …`,
`bot to name, privately> …`, `card name> …` (the newest card contains it). `…` stands for anything; `~ comment`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.member import Role
from bot.testing.world import Cast

HEAD = re.compile(
    r"^(?P<name>\w+): (?P<role>\w+|no role|stranger|second account of \w+)"
    r"(?: at (?P<place>[\w-]+))?(?: on (?P<platform>slack|telegram))?(?:, speaks (?P<locale>\w+))?$"
)
ACT = re.compile(r"^(?P<name>\w+)(?: in (?P<where>thread|channel))?> (?P<what>.*)$")
BOT = re.compile(r"^(?P<kind>bot|card)(?: (?:to )?(?P<name>\w+))?(?P<private>, privately)?> ?(?P<what>.*)$")
PASS = re.compile(r"^(?P<amount>\d+) (?P<unit>minutes|hours|days) pass$")
BUTTONS = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True)
class Act:
    """Somebody does something."""

    line: int
    name: str
    what: str
    where: str = "direct"


@dataclass(frozen=True)
class Expectation:
    """The bot has said something to somebody, or a card stands as described."""

    line: int
    name: str
    words: str
    buttons: tuple[str, ...] = ()
    is_card: bool = False
    is_private: bool = False


@dataclass(frozen=True)
class Pause:
    """Time passes."""

    line: int
    amount: int
    unit: str


Step = Act | Expectation | Pause


@dataclass(frozen=True)
class Script:
    """One chat: title, people, steps."""

    path: Path
    title: str
    cast: tuple[Cast, ...]
    steps: tuple[Step, ...]

    @property
    def platforms(self) -> frozenset[str]:
        """Name the platforms its people are bound to."""
        return frozenset(one.platform for one in self.cast if one.platform)

    @property
    def mix(self) -> tuple[str, str] | None:
        """Give the platforms of its first owner and first approver, where it names both."""
        owners = [one.platform for one in self.cast if one.role in {Role.OWNER, Role.MANAGER} and one.platform]
        approvers = [one.platform for one in self.cast if one.role is Role.APPROVER and one.platform]
        return (owners[0], approvers[0]) if owners and approvers else None


def load_script(path: Path) -> Script:
    """Read a chat; raise ValueError that names the line that is not understood."""
    lines = path.read_text(encoding="utf-8").splitlines()
    cast: list[Cast] = []
    steps: list[Step] = []
    actor = ""
    for number, raw in enumerate(lines[1:], start=2):
        line = raw.strip()
        if not line or line.startswith("~"):
            continue
        if not steps and (head := HEAD.match(line)):
            cast.append(_cast(head))
            continue
        step = _step(line, number, actor)
        if step is None:
            message = f"{path.name}:{number}: not understood: {line}"
            raise ValueError(message)
        actor = step.name if isinstance(step, Act) else actor
        steps.append(step)
    return Script(path=path, title=lines[0], cast=tuple(cast), steps=tuple(steps))


def _cast(head: re.Match[str]) -> Cast:
    role, name = head["role"], head["name"]
    second = role.removeprefix("second account of ") if role.startswith("second") else ""
    return Cast(
        name=name,
        role=Role(role) if role in set(Role) else None,
        place=head["place"] or "",
        platform=head["platform"] or "",
        locale=head["locale"] or "en",
        is_stranger=role == "stranger",
        same_as=second,
    )


def _step(line: str, number: int, actor: str) -> Step | None:
    if passing := PASS.match(line):
        return Pause(line=number, amount=int(passing["amount"]), unit=passing["unit"])
    if said := BOT.match(line):
        words, buttons = split_buttons(said["what"])
        return Expectation(
            line=number, name=said["name"] or actor, words=words, buttons=buttons,
            is_card=said["kind"] == "card", is_private=bool(said["private"]),
        )  # fmt: skip
    if act := ACT.match(line):
        return Act(line=number, name=act["name"], what=act["what"], where=act["where"] or "direct")
    return None


def split_buttons(line: str) -> tuple[str, tuple[str, ...]]:
    """Part a line's words from the `[buttons]` at its end."""
    words = re.sub(r"(\s*\[[^\]]+\])+\s*$", "", line)
    return words.strip(), tuple(BUTTONS.findall(line[len(words) :]))


def scripts_in(folder: Path) -> Iterator[Script]:
    """Read every chat of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        yield load_script(path)
