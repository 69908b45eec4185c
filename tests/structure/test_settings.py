import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import PREFIX, Settings, env_example
from tests.structure.sources import python_files, read


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Leave out the variables and the .env of this machine."""
    for name in (*(f"{PREFIX}{field.upper()}" for field in Settings.model_fields), "PORT", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_env_example_is_in_step() -> None:
    """.env.example is what `env_example` writes; `make env-example` writes it anew."""
    assert read(Path(".env.example")) == env_example()
    assert env_example().count(f"#{PREFIX}") == len(Settings.model_fields)


def test_every_variable_is_explained() -> None:
    """Each variable says what it means, and a quantity says its unit in its name and its words."""
    units = {"_s": "seconds", "_per_day": "a count"}
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
        for suffix, word in units.items():
            assert not name.endswith(suffix) or word in field.description, name


def test_defaults_need_no_configuration() -> None:
    """With nothing set there is one SQLite file, one media folder, no platform and no model."""
    settings = Settings()
    assert settings.database_url == "sqlite+aiosqlite:///var/glocal.db"
    assert settings.media_dir == "var/media"
    assert settings.secrets() == ()
    assert settings.is_sqlite


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_database_urls_name_our_driver(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    """Whatever scheme a host hands out, also as DATABASE_URL, leads to the driver we ship."""
    monkeypatch.setenv("DATABASE_URL", given)
    assert Settings().database_url == used


def test_empty_variables_count_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty line in .env leaves the default, and no empty secret."""
    monkeypatch.setenv("GLOCAL_SLACK_BOT_TOKEN", "")
    monkeypatch.setenv("GLOCAL_PORT", "")
    assert Settings().slack_bot_token is None
    assert Settings().port == 8080


def test_secrets_are_hidden_and_collected() -> None:
    """A secret shows neither in the repr nor in an error, and the log gets to know it."""
    settings = Settings(telegram_token=SecretStr("tell-nobody"))
    assert "tell-nobody" not in repr(settings)
    assert settings.secrets() == ("tell-nobody",)


def test_settings_are_frozen() -> None:
    """Nobody changes a setting while the program runs."""
    settings = Settings()
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]  # this is what must not work


def test_only_settings_reads_the_environment() -> None:
    """No other file of the product asks for environment variables; crash points are for tests."""
    files = [path for path in python_files("bot", "handlers") if path.as_posix() != "bot/crash.py"]
    assert files
    reads = re.compile(r"environ(\.get\(|\[)|getenv")
    assert [str(path) for path in files if reads.search(read(path))] == []


def test_every_variable_is_used() -> None:
    """No variable is promised that nothing reads."""
    files = [path for path in python_files("bot") if path.as_posix() != "bot/settings.py"]
    assert files
    source = "\n".join(map(read, files))
    unused = [name for name in Settings.model_fields if not re.search(rf"settings\.{name}\b", source)]
    assert unused in ([], ["data_dir"])  # the data folder is where the defaults of two others lie
