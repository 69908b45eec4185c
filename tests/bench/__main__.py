"""`make bench`: what a turn, a preview and a start cost, as ratios measured in one run; written to out/bench.json."""

import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tests.bench.previews import measure_previews
from tests.bench.start import measure_start
from tests.bench.turns import measure_turns

AIMS = {"turn p50, 1 chat": 5.0, "preview square": 4.0, "preview story": 4.0}


def main() -> None:
    """Measure, print and write."""
    out = Path("out")
    out.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(_measure(Path(folder)))
    (out / "bench.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for name, figure in figures.items():
        ratio = figure.get("ratio")
        aim = AIMS.get(name)
        verdict = "" if aim is None or ratio is None else ("  ok" if ratio <= aim else f"  MISSES {aim:g}×")
        words = ", ".join(f"{key} {value:g}" for key, value in figure.items() if key != "ratio")
        sys.stdout.write(f"{name:<24} {f'{ratio:.2f}×' if ratio is not None else '':>8}  {words}{verdict}\n")


async def _measure(folder: Path) -> dict[str, dict[str, float]]:
    figures = await measure_turns(folder)
    figures |= await measure_previews(folder)
    figures |= await measure_start(folder)
    return figures


if __name__ == "__main__":
    main()
