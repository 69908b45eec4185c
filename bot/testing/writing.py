"""Writes down what the bot really says: `python -m bot.testing.writing FILE…` renews the bot's lines.

Read the difference before you commit it: the file is the promise.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from bot.logging import configure
from bot.testing.files import sample_file
from bot.testing.playing import CODE, Player, act, as_line
from bot.testing.transcripts import Act, Expectation, Pause, Script, Step, load_script
from bot.testing.world import World, open_core_world


async def rewrite(script: Script) -> str:
    """Give the file's text with the bot's lines as they are now; `card` lines and comments stay."""
    lines = script.path.read_text(encoding="utf-8").splitlines()
    kept = {number: text for number, text in enumerate(lines, start=1) if not text.startswith("bot")}
    with tempfile.TemporaryDirectory() as folder:
        async with open_core_world(script.cast, Path(folder)) as world:
            player = Player(world, sample_file, is_strict=True)
            heard: dict[int, list[str]] = {}
            for step in script.steps:
                try:
                    actor = await _take(world, step)
                except LookupError as missing:
                    sys.stderr.write(f"{script.path.name}:{step.line}: {missing}\n")
                    break
                heard[step.line] = _heard(player, actor)
    return "\n".join(line for number, text in kept.items() for line in (text, *heard.get(number, ()))) + "\n"


async def _take(world: World, step: Step) -> str:
    """Carry out a step and give whoever acted; a card that is asked for is shown on the error stream."""
    match step:
        case Act():
            await act(world, step, sample_file)
            return step.name
        case Pause():
            await world.passes(**{step.unit: float(step.amount)})
        case Expectation(is_card=True):
            card = world[step.name].card()
            sys.stderr.write(f"--- card of {step.name}, line {step.line}\n{card.words}\n{card.buttons}\n")
        case Expectation():
            pass
    return ""


def _heard(player: Player, actor: str) -> list[str]:
    lines: list[str] = []
    for person in player.world.people.values():
        for seen in player.unspoken(person):
            player.told[person.name].add(seen.key)
            private = ", privately" if seen.is_private else ""
            head = "bot" if person.name == actor and not private else f"bot to {person.name}{private}"
            lines.append(f"{head}> {CODE.sub('…', as_line(seen))}")
    return lines


def main() -> None:
    """Renew the files named on the command line."""
    configure("WARNING", log_format="console")
    for name in sys.argv[1:]:
        script = load_script(Path(name))
        Path(name).write_text(asyncio.run(rewrite(script)), encoding="utf-8")


if __name__ == "__main__":
    main()
