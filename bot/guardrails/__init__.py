"""Guardrails: brand rules as data, checked by one file per kind; a draft goes in, findings with remedies come out.

`check` is pure and is called by the dialog at every change, by cards, and before a campaign is submitted.
"""

from bot.guardrails.check import apply_required, check
from bot.guardrails.registry import GUARDRAILS, settings_of, unknown_facts

__all__ = ["GUARDRAILS", "apply_required", "check", "settings_of", "unknown_facts"]
