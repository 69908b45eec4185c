"""Picture files, named by the digest of their bytes: written once, never changed, never half there.

Used by answer, redraw, the engine's jobs and the platforms; the same bytes put twice are one file.
"""

import asyncio
import errno
import hashlib
import os
import tempfile
from pathlib import Path

from bot.crash import crash_point
from bot.domain.ids import Digest
from bot.errors import MediaFull

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Media:
    """A folder of files; the first two letters of a digest name the sub-folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def put(self, data: bytes) -> Digest:
        """Keep some bytes and give their digest.

        Raises:
            MediaFull: the disk or the quota is full; nothing is left behind.
        """
        return await asyncio.to_thread(self._put, data)

    async def read(self, digest: Digest) -> bytes:
        """Load the bytes of a digest; raise FileNotFoundError when they were never put."""
        return await asyncio.to_thread(self.path(digest).read_bytes)

    def path(self, digest: Digest) -> Path:
        """Give the place of a digest's file."""
        return self.root / digest[:2] / digest

    def has(self, digest: Digest) -> bool:
        """Tell whether the bytes are here."""
        return self.path(digest).is_file()

    def _put(self, data: bytes) -> Digest:
        digest = Digest(hashlib.sha256(data).hexdigest())
        if self.has(digest):
            return digest
        try:
            self._write(self.path(digest), data)
        except OSError as error:
            if error.errno in FULL:
                raise MediaFull from error
            raise
        return digest

    def _write(self, path: Path, data: bytes) -> None:
        """Write beside the target, flush to the disk, and rename: a reader sees all or nothing."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            crash_point("before_media_rename")
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _flush_folder(path.parent)
        crash_point("after_media_rename")


def _flush_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
