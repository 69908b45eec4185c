"""Plays a chat on a world and compares what people see with what the file says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.testing.people import Person, Seen
from bot.testing.transcripts import Act, Expectation, Pause, Script
from bot.testing.world import World

PRESS = re.compile(r"^\[(?P<label>.+?)\](?: \(drawing (?P<drawing>\d+)\))?$")
EMOJI = re.compile(r"^:(?P<emoji>[^:]+):$")
THING = re.compile(r"^\((?P<kind>photo|file|form|edits|sticker|voice)(?: (?P<name>[^)]+))?\) ?(?P<rest>.*)$")
CODE = re.compile(r"\bj[0-9a-hjkmnp-tv-z]{13}\b")
"""What bot/domain/invitation.py makes."""
Files = Callable[[str], bytes]


@dataclass
class Player:
    """One playing of one chat. On the core surface everything the bot posts must be in the file."""

    world: World
    files: Files
    is_strict: bool
    told: dict[str, set[str]] = field(default_factory=dict)
    """Posts that a line has already spoken for, by person."""

    async def play(self, script: Script) -> None:
        """Play from the first line to the last; raise AssertionError at the first difference."""
        for step in script.steps:
            match step:
                case Act():
                    self._expect_nothing_more(script, step.line)
                    await act(self.world, step, self.files)
                case Pause():
                    await self.world.passes(**{step.unit: float(step.amount)})
                case Expectation(is_card=True):
                    self._expect_card(script, step)
                case Expectation():
                    self._expect_post(script, step)
        self._expect_nothing_more(script, script.steps[-1].line)

    def unspoken(self, person: Person) -> list[Seen]:
        """List what the bot posted to a person that no line has spoken for."""
        told = self.told.setdefault(person.name, set())
        return [seen for seen in person.sees() if not seen.is_card and not seen.is_mine and seen.key not in told]

    def _expect_post(self, script: Script, step: Expectation) -> None:
        person = self.world[step.name]
        waiting = self.unspoken(person)
        for seen in waiting:
            if agrees(seen, step, is_strict=self.is_strict):
                self.told[person.name].add(seen.key)
                return
        heard = "\n".join(as_line(seen) for seen in waiting) or "(nothing)"
        message = f"{script.path.name}:{step.line}: expected {step.words!r} {step.buttons}, {step.name} saw:\n{heard}"
        raise AssertionError(message)

    def _expect_card(self, script: Script, step: Expectation) -> None:
        card = self.world[step.name].card()
        pattern, words = (step.words, card.words) if self.is_strict else (bare(step.words), bare(card.words))
        if not matches(pattern, words, is_whole=False) or not offers(card, step.buttons):
            message = f"{script.path.name}:{step.line}: the card of {step.name} is\n{card.words}\n{card.buttons}"
            raise AssertionError(message)

    def _expect_nothing_more(self, script: Script, line: int) -> None:
        if not self.is_strict:
            return
        for person in self.world.people.values():
            for seen in self.unspoken(person):
                message = f"{script.path.name}: before line {line}, {person.name} was also told: {as_line(seen)}"
                raise AssertionError(message)


async def play(script: Script, world: World, *, files: Files, is_strict: bool = True) -> None:
    """Play a chat on a world."""
    await Player(world, files, is_strict=is_strict).play(script)


async def act(world: World, step: Act, files: Files) -> None:
    """Let a person do what a line says."""
    person = world[step.name]
    if pressed := PRESS.match(step.what):
        drawing = int(pressed["drawing"]) if pressed["drawing"] else -1
        await person.presses(pressed["label"], drawing=drawing)
    elif emoji := EMOJI.match(step.what):
        await person.reacts(emoji["emoji"])
    elif thing := THING.match(step.what):
        await _act_with(person, thing, files)
    else:
        await person.says(repeated(step.what.replace("{code}", newest_code(world))), where=step.where)


async def _act_with(person: Person, thing: re.Match[str], files: Files) -> None:
    match thing["kind"]:
        case "photo" | "file":
            await person.uploads(thing["name"], files(thing["name"]), thing["rest"])
        case "form":
            pairs = (pair.partition("=") for pair in thing["rest"].split("; "))
            await person.fills(**{name.strip(): words for name, _, words in pairs})
        case "edits":
            await person.surface.edits(person, thing["rest"])
        case kind:
            await person.surface.sends(person, str(kind))


def newest_code(world: World) -> str:
    """Give the invitation code that somebody was shown last, for `/glocal join {code}`."""
    shown = [CODE.findall(seen.words) for person in world.people.values() for seen in person.sees()]
    return next((found[-1] for found in reversed(shown) if found), "")


def repeated(words: str) -> str:
    r"""Spell out `{word * 1000}` and `\u202e`, so that files stay short and readable."""
    long = re.sub(r"\{(.+?) \* (\d+)\}", lambda found: found[1] * int(found[2]), words)
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), long)


def agrees(seen: Seen, step: Expectation, *, is_strict: bool) -> bool:
    """Tell whether a post is what a line says."""
    if is_strict and step.is_private != seen.is_private:
        return False
    words = f"(file {', '.join(seen.documents)}) {seen.words}" if seen.documents else seen.words
    if is_strict:
        return matches(step.words, words, is_whole=True) and seen.buttons == step.buttons
    return matches(bare(step.words), bare(words), is_whole=False) and offers(seen, step.buttons)


def offers(seen: Seen, labels: tuple[str, ...]) -> bool:
    """Tell whether a post has all these buttons; a platform may have cut a long label."""
    ends = {label.removesuffix("…") for label in seen.buttons if label.endswith("…")}
    return all(label in seen.buttons or any(label.startswith(end) for end in ends) for label in labels)


def matches(pattern: str, words: str, *, is_whole: bool) -> bool:
    """Compare words, white space folded; `…` stands for anything."""
    folded = " ".join(words.split())
    expression = ".*".join(re.escape(part) for part in " ".join(pattern.split()).split("…"))
    found = re.fullmatch(expression, folded) if is_whole else re.search(expression, folded)
    return found is not None


def bare(words: str) -> str:
    """Leave out what each platform draws its own way: bullets, marks, colons, brackets, quotation."""
    return " ".join(re.sub(r"[^\w\s%$€+/…]", " ", words).split())


def as_line(seen: Seen) -> str:
    """Write a post as a transcript line would."""
    files = f"(file {', '.join(seen.documents)}) " if seen.documents else ""
    return " ".join(f"{files}{seen.words} {' '.join(f'[{label}]' for label in seen.buttons)}".split())
