"""How many campaigns stand where, by territory and state: a chart, and the same in words."""

from dataclasses import dataclass

from bot.chat import ListOut, Picture, Reply, Strong
from bot.domain.campaign import State
from bot.domain.ids import TerritoryId
from bot.ports import Bar, Chart
from bot.renditions import as_picture
from bot.turn import Scene, Turn

Counts = tuple[tuple[TerritoryId, State, int], ...]


@dataclass(frozen=True)
class Drawn:
    """The counts and their chart, drawn before the turn's transaction."""

    counts: Counts
    picture: Picture | None


async def prepare_stats(scene: Scene) -> Drawn:
    """Count and draw."""
    async with scene.reading() as uow:
        counts = await uow.campaigns.count_by(scene.member, scene.places)
    if not counts:
        return Drawn(counts=(), picture=None)
    language = scene.member.locale
    chart = Chart(
        title=scene.words.line("stats.title", language, brand=scene.book.brand.name),
        bars=tuple(
            Bar(label=scene.places.territory(area).name, parts=tuple((str(s), n) for a, s, n in counts if a == area))
            for area in dict.fromkeys(area for area, _, _ in counts)
        ),
        legend={
            str(state): scene.words.line(f"words.state_{state}", language)
            for state in State
            if state in {counted for _, counted, _ in counts}
        },
    )
    rendition, data = await scene.renderer.chart(scene.book.brand, chart)
    await scene.media.put(data)
    return Drawn(counts=counts, picture=as_picture(rendition, alt=_in_words(scene, counts)))


async def stats(turn: Turn) -> Reply:
    """Show the chart with its numbers in words."""
    drawn = turn.prepared
    counts = drawn.counts if isinstance(drawn, Drawn) else ()
    totals: dict[TerritoryId, list[str]] = {}
    for area, state, count in counts:
        totals.setdefault(area, []).append(f"{turn.line(f'words.state_{state}')} ({count})")
    lines = tuple(
        turn.text("stats.line", territory=Strong(text=turn.places.territory(area).name), counts=", ".join(parts))
        for area, parts in totals.items()
    )
    return ListOut(
        title=turn.text("stats.title", brand=turn.book.brand.name),
        lines=lines or (turn.text("stats.empty"),),
        picture=drawn.picture if isinstance(drawn, Drawn) else None,
        rows=((turn.button("buttons.queue", "queue"), turn.button("buttons.help", "help")),),
        is_private=not turn.incoming.address.is_direct,
    )


def _in_words(scene: Scene, counts: Counts) -> str:
    language = scene.member.locale
    parts = [
        f"{scene.places.territory(area).name}: {scene.words.line(f'words.state_{state}', language)} ({count})"
        for area, state, count in counts
    ]
    return scene.words.line("stats.alt", language, counts="; ".join(parts))
