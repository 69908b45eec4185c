"""Glocal: a chat-first assistant for distributed marketing.

Everything that does not depend on what people may ask; what they may ask is `handlers`.
"""

__version__ = "0.1.0"
