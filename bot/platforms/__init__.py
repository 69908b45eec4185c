"""The chat side: one adapter for each platform, event in and drawing out.

`bot/app.py` starts the configured ones; nothing above this room knows their SDKs.
"""
