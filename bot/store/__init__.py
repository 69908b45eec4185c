"""The shared campaign store: SQLAlchemy on SQLite or PostgreSQL, and the folder of pictures.

One repository per aggregate, one unit of work; domain objects go in and come out.
"""

from bot.store.media import Media
from bot.store.store import Store
from bot.store.unit_of_work import UnitOfWork

__all__ = ["Media", "Store", "UnitOfWork"]
