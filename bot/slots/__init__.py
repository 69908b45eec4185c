"""Slot types: one file each reads what people type, shows it in full, and sets it for the picture.

SLOT_TYPES is the registry; guardrails, dialog, renderer and brandbook look types up here.
"""
