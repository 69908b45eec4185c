"""The commands of `python -m bot`, in the order in which `--help` shows them."""

from bot.commands.check import CHECK
from bot.commands.command import Command, Stop
from bot.commands.demo import DEMO
from bot.commands.doctor import DOCTOR
from bot.commands.invite import INVITE
from bot.commands.serve import SERVE, WORKER
from bot.commands.store import AUDIT, MIGRATE, SEED

COMMANDS: tuple[Command, ...] = (DEMO, SERVE, WORKER, MIGRATE, SEED, INVITE, CHECK, DOCTOR, AUDIT)

__all__ = ["COMMANDS", "Command", "Stop"]
