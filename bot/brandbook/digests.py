"""Versions of brand files: the digest of their bytes, whatever their dates."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from bot.domain.ids import Digest


def digest_file(path: Path) -> Digest:
    """Return the SHA-256 of a file's bytes."""
    return Digest(hashlib.sha256(path.read_bytes()).hexdigest())


def digest_together(parts: Mapping[str, Digest]) -> Digest:
    """Return one digest of named parts; the order in which they are given does not count."""
    lines = "".join(f"{name}\0{parts[name]}\n" for name in sorted(parts))
    return Digest(hashlib.sha256(lines.encode()).hexdigest())
