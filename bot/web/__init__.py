"""The one port: platform webhooks, and whether this process is alive and keeping up.

`bot/app.py` starts it with the routes of the platforms; nothing here knows what a campaign is.
"""

from bot.web.health import Lag, health_routes
from bot.web.hooks import webhook_routes
from bot.web.server import WebServer

__all__ = ["Lag", "WebServer", "health_routes", "webhook_routes"]
