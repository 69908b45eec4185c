"""Where the words and the brand files are: beside the code in a checkout, inside `bot` in a wheel.

`bot.dialog`, `bot.brandbook` and the command line ask here, so nobody else guesses paths.
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def prompts_dir() -> Path:
    """Return the folder with one folder of words per locale."""
    return _content_dir("prompts")


def brand_assets_dir() -> Path:
    """Return the folder with one folder per brand."""
    return _content_dir("brand_assets")


def brand_dirs() -> tuple[Path, ...]:
    """Return the folders of the brands that ship with the program, by name."""
    return tuple(sorted(found.parent for found in brand_assets_dir().glob("*/brand.yaml")))


def _content_dir(name: str) -> Path:
    """Prefer the checkout: an editable install may have an older copy inside the package.

    Raises:
        FileNotFoundError: neither place has it, so the installation is broken.
    """
    candidates = (_PACKAGE.parent / name, _PACKAGE / "_content" / name)
    for candidate in candidates:
        if candidate.is_dir() and (candidate.parent / "pyproject.toml").exists():
            return candidate
    inside = candidates[1]
    if inside.is_dir():
        return inside
    raise FileNotFoundError(f"no folder {name}: neither {candidates[0]} nor {inside}")
