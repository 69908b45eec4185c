import errno
import hashlib
import os
from pathlib import Path

import pytest

from bot.domain.ids import Digest
from bot.errors import MediaFull
from bot.store import Media


async def test_bytes_are_found_under_their_digest(tmp_path: Path) -> None:
    """The same bytes put twice are one file, named by their digest."""
    media = Media(tmp_path / "media")
    digest = await media.put(b"picture")
    assert digest == await media.put(b"picture") == hashlib.sha256(b"picture").hexdigest()
    assert await media.read(digest) == b"picture"
    assert media.has(digest)
    assert not media.has(Digest("0" * 64))
    assert _files(media.root) == [media.path(digest)]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """A full disk is MediaFull, no half file stays, and the same bytes can be put later."""
    media = Media(tmp_path)

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(MediaFull):
            await media.put(b"picture")
    assert _files(tmp_path) == []
    assert await media.read(await media.put(b"picture")) == b"picture"


async def test_another_failure_is_told_as_it_is(tmp_path: Path) -> None:
    """A folder that cannot be made is not mistaken for a full disk."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="Not a directory"):
        await Media(tmp_path / "file").put(b"picture")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
