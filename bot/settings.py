"""What one installation may set, read once from the environment into a frozen value.

`bot.__main__` and the tests build it and hand it down; no other file reads the environment.
`.env.example` is `env_example()` written down, and a test keeps the two in step.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import AliasChoices, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GLOCAL_"

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


class Settings(BaseSettings):
    """Every variable of one installation; each is read as `GLOCAL_<NAME>` or from `.env`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    data_dir: Path = Field(default=Path("var"), description="Folder for the database file and the media.")
    database_url: str = Field(
        default="",
        validation_alias=AliasChoices("GLOCAL_DATABASE_URL", "DATABASE_URL"),
        description="sqlite:///file or postgresql://…, DATABASE_URL is read too; "
        "empty: the file glocal.db in the data folder.",
    )
    database_synchronous: Literal["NORMAL", "FULL"] = Field(
        default="NORMAL",
        description="SQLite only: FULL where a power cut must not lose the last commit.",
    )
    database_busy_timeout_s: float = Field(
        default=10, gt=0, description="How long a writer waits for a locked database, in seconds."
    )
    database_readers: int = Field(default=4, ge=1, description="Connections kept for reading, a count.")
    media_dir: str = Field(
        default="",
        description="Folder where pictures are kept; empty: the folder media in the data folder.",
    )
    brand_dir: Path | None = Field(
        default=None,
        description="Folder that holds brand.yaml; empty: the brand that ships with the program.",
    )

    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(
        default=8080,
        ge=0,
        le=65535,
        validation_alias=AliasChoices("GLOCAL_PORT", "PORT"),
        description="Port the web server listens on; PORT is read too, as hosts set it.",
    )
    public_url: str = Field(
        default="",
        description="https address under which Slack and Telegram reach this server; empty: Telegram is polled.",
    )
    playground_port: int = Field(default=8090, ge=0, le=65535, description="Port of the playground on 127.0.0.1.")

    slack_bot_token: SecretStr | None = Field(default=None, description="Bot token of the Slack app; empty: no Slack.")
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret of the Slack app: proves that Slack is calling."
    )
    slack_app_token: SecretStr | None = Field(
        default=None, description="App-level token: with it Slack is reached by Socket Mode, without a public address."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Slack Web API; the playground sets its own."
    )
    telegram_token: SecretStr | None = Field(default=None, description="Token that BotFather gave; empty: no Telegram.")
    telegram_webhook_secret: SecretStr | None = Field(
        default=None, description="Word that Telegram repeats on each webhook call."
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        description="Telegram Bot API; the playground sets its own.",
    )

    model_provider: Literal["", "openai", "anthropic", "ollama"] = Field(
        default="", description="Who writes suggestions: openai, anthropic, ollama; empty: nobody."
    )
    model_name: str = Field(default="", description="The model's name, as its provider calls it.")
    model_base_url: str = Field(default="", description="Another address of the same API; empty: the provider's own.")
    model_api_key: SecretStr | None = Field(default=None, description="Key for the provider.")
    model_timeout_s: float = Field(default=8, gt=0, description="How long one suggestion may take, in seconds.")
    model_calls_per_day: int = Field(default=200, ge=0, description="Most calls for one location in a day, a count.")

    render_processes: int = Field(default=2, ge=0, description="Processes that draw, a count; 0: draw in this one.")
    redraw_sweep_s: float = Field(
        default=3, gt=0, description="How often cards left behind are looked for, in seconds."
    )
    engine_poll_s: float = Field(default=1, gt=0, description="How often due work is looked for, in seconds.")
    executor_id: str = Field(
        default="main",
        description="Stable name of this process; several workers need one each.",
    )

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="Least important line that is logged."
    )
    log_format: Literal["auto", "console", "json"] = Field(
        default="auto", description="auto: console on a terminal, json elsewhere."
    )

    @model_validator(mode="after")
    def _place_in_data_dir(self) -> Self:
        """Put the database and the media into the data folder unless they are named."""
        database_url = self.database_url or f"sqlite:///{self.data_dir / 'glocal.db'}"
        object.__setattr__(self, "database_url", _with_driver(database_url))
        object.__setattr__(self, "media_dir", self.media_dir or str(self.data_dir / "media"))
        return self

    @property
    def is_sqlite(self) -> bool:
        """True where web and worker must be one process."""
        return self.database_url.startswith("sqlite")

    def secrets(self) -> tuple[str, ...]:
        """Return every secret that is set, for the log to leave out."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(v.get_secret_value() for v in values if isinstance(v, SecretStr) and v)


def _with_driver(database_url: str) -> str:
    """Name the driver we ship, whatever scheme a host hands out."""
    scheme, separator, rest = database_url.partition("://")
    return DRIVERS.get(scheme, scheme) + separator + rest


def env_example() -> str:
    """Return the text of `.env.example`: every variable, what it means, its default."""
    head = "# Copy to .env and fill in what you need. Every line may stay as it is.\n"
    return head + "".join(_env_lines(name) for name in Settings.model_fields)


def _env_lines(name: str) -> str:
    field = Settings.model_fields[name]
    default = "" if field.default is None else field.default
    return f"\n# {field.description}\n#{PREFIX}{name.upper()}={default}\n"
