"""The public test kit: people who say, press, react and upload; a house to do it in; whole chats as files.

Brand teams use it for their own transcripts; the playground and `demo` use the same people.
"""

from bot.testing.core import CorePlatform
from bot.testing.inline_engine import InlineEngine
from bot.testing.people import Person, Seen, Surface
from bot.testing.playing import play
from bot.testing.sketch import SketchRenderer
from bot.testing.time import TestClock
from bot.testing.transcripts import Script, load_script
from bot.testing.world import World, open_core_world

__all__ = [
    "CorePlatform", "InlineEngine", "Person", "Script", "Seen", "SketchRenderer", "Surface", "TestClock", "World",
    "load_script", "open_core_world", "play",
]  # fmt: skip
