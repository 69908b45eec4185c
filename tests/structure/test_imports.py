import sys
from subprocess import run

from tests.structure.sources import ROOT, python_files


def modules_after(script: str) -> set[str]:
    """Run a script in a fresh interpreter and return the modules it loaded."""
    command = [sys.executable, "-c", f"{script}\nimport sys\nprint(*sys.modules)"]
    done = run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_without_a_model_nothing_of_langchain_is_loaded() -> None:
    """Everything that runs without a model runs without langchain_core, the writer of suggestions included."""
    names = [
        ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        for path in python_files("bot", "handlers")
        if not {"migrations", "writing"} & set(path.parts) and path.name != "__main__.py"
    ]
    assert len(names) > 100
    imports = f"import importlib\nfor name in {names!r}: importlib.import_module(name)"
    loaded = modules_after(f"{imports}\nimport bot.writing")
    assert {"bot.app", "bot.writing", "dbos", "slack_bolt", "telegram"} <= loaded
    assert {name for name in loaded if name.startswith(("langchain", "langsmith"))} == set()
