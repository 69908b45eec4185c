"""The one base of stored and configured values: immutable, no unknown keys."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A value that is compared by content and never changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid")
