"""The port Renderer, kept by children that know Pillow.

`bot.app` makes one with a way to find files by digest, starts it, and closes it at the end.
"""

import hashlib
import pickle
from collections import OrderedDict

from bot.domain.brand import Brand
from bot.domain.ids import Digest
from bot.domain.rendition import Photo, Rendition
from bot.domain.template import Template
from bot.errors import PhotoRefused, TryLater
from bot.ports import Chart, RenderJob
from bot.rendering.design import Overflow, Picture, read_color
from bot.rendering.orders import Locate, build_design, build_filling, design_key, find_fonts
from bot.rendering.pool import ChildLost, Limits, RenderPool
from bot.rendering.tasks import Checked, DrawChart, DrawPicture, IngestPhoto, Refusal, Task

KEPT_DESIGNS = 64
CHART = "chart"


class PillowRenderer:
    """Makes pictures in child processes."""

    def __init__(self, *, locate: Locate, children: int = 2, limits: Limits | None = None) -> None:
        self._locate = locate
        self._pool = RenderPool(children=children, limits=limits or Limits())
        self._designs: OrderedDict[str, bytes] = OrderedDict()

    async def start(self) -> None:
        """Start the children, so that the first picture does not wait for them."""
        await self._pool.start()

    async def close(self) -> None:
        """End the children."""
        await self._pool.close()

    @property
    def child_pids(self) -> tuple[int, ...]:
        """Process ids of the children, 0 for one that is not running."""
        return self._pool.pids

    async def render(self, job: RenderJob) -> tuple[Rendition, bytes]:
        """Draw one format of a draft.

        Raises:
            TryLater: drawing took two children down.
        """
        draft = job.draft
        key = design_key(job.brand, draft.template)
        task = DrawPicture(
            pickled_design=self._pickled(job.brand, draft.template),
            format_name=job.format,
            kind=job.kind,
            filling=build_filling(job, locate=self._locate),
        )
        affinity = f"{key}:{draft.location.id}:{job.format}"
        return _hand_over(await self._draw(task, affinity=affinity), job.format)

    async def ingest(self, data: bytes) -> tuple[Photo, bytes]:
        """Check, orient, strip and re-encode a person's picture.

        Raises:
            PhotoRefused: it cannot become a picture; `undecodable` when decoding it took two children down.
        """
        try:
            answer = await self._pool.run(IngestPhoto(data))
        except ChildLost:
            raise PhotoRefused("undecodable") from None
        match answer:
            case Checked(data=checked, width_px=width, height_px=height):
                photo = Photo(digest=_digest(checked), width_px=width, height_px=height, size_bytes=len(checked))
                return photo, checked
            case Refusal(reason=reason, facts=facts):
                raise PhotoRefused(reason, **facts)
            case _:
                raise TypeError(f"a photo came back as {type(answer).__name__}")

    async def chart(self, brand: Brand, chart: Chart) -> tuple[Rendition, bytes]:
        """Draw a chart as PNG in the brand's colours and type.

        Raises:
            TryLater: drawing took two children down.
        """
        fonts = find_fonts(brand, locate=self._locate)
        first = next(iter(fonts.values()))
        task = DrawChart(
            title=chart.title,
            bars=tuple((bar.label, bar.parts) for bar in chart.bars),
            legend=chart.legend,
            palette=tuple(read_color(written) for written in brand.palette.values()),
            fonts={
                "title": fonts.get(("display", "regular"), first),
                "text": fonts.get(("text", "regular"), first),
            },
        )
        return _hand_over(await self._draw(task), CHART)

    async def _draw(self, task: Task, *, affinity: str = "") -> Picture:
        try:
            answer = await self._pool.run(task, affinity=affinity)
        except ChildLost:
            raise TryLater("render_failed") from None
        if not isinstance(answer, Picture):
            raise TypeError(f"a picture came back as {type(answer).__name__}")
        return answer

    def _pickled(self, brand: Brand, template: Template) -> bytes:
        key = design_key(brand, template)
        if key not in self._designs:
            self._designs[key] = pickle.dumps(build_design(brand, template, locate=self._locate))
        self._designs.move_to_end(key)
        if len(self._designs) > KEPT_DESIGNS:
            self._designs.popitem(last=False)
        return self._designs[key]


def _hand_over(picture: Picture, format_name: str) -> tuple[Rendition, bytes]:
    slots = (note.slot for note in picture.notes if isinstance(note, Overflow))
    unprintable = (note.slot for note in picture.notes if not isinstance(note, Overflow))
    rendition = Rendition(
        kind=picture.kind,
        format=format_name,
        digest=_digest(picture.data),
        media_type=picture.media_type,
        width_px=picture.width_px,
        height_px=picture.height_px,
        size_bytes=len(picture.data),
        overflows=tuple(dict.fromkeys(slots)),
        unprintable=tuple(dict.fromkeys(unprintable)),
    )
    return rendition, picture.data


def _digest(data: bytes) -> Digest:
    return Digest(hashlib.sha256(data).hexdigest())
