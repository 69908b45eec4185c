"""The pictures that went through the doubles, written into a folder under names one can read."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from bot.playground.stage import Stage
from bot.playground.telegram_files import picture_size_px

SHAPES = {(1080, 1080): "square", (1080, 1920): "story", (1200, 628): "landscape"}


@dataclass
class Album:
    """Writes each picture once, in the order in which it is first asked for."""

    stage: Stage
    folder: Path
    names: dict[str, str] = field(default_factory=dict)
    """SHA-256 -> file name in the folder."""

    def name_of(self, digest: str) -> str:
        """Give a picture's file name, writing the file first; empty when no double has received it."""
        if digest not in self.names:
            data = self._find(digest)
            if data is None:
                return ""
            self.names[digest] = f"{len(self.names) + 1:02}-{_describe(data)}"
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / self.names[digest]).write_bytes(data)
        return self.names[digest]

    def _find(self, digest: str) -> bytes | None:
        received = [held.data for held in self.stage.slack.workspace.files.values()]
        received += [held.data for held in self.stage.telegram.state.files.all()]
        return next((data for data in received if hashlib.sha256(data).hexdigest() == digest), None)


def _describe(data: bytes) -> str:
    """Say what a picture is: `preview-square.jpg`, `original-story.png`, `chart.png`."""
    is_png = data.startswith(b"\x89PNG")
    shape = SHAPES.get(picture_size_px(data) or (0, 0))
    if shape is None:
        return "chart.png" if is_png else "picture.jpg"
    return f"original-{shape}.png" if is_png else f"preview-{shape}.jpg"
