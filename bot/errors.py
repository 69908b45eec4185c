"""Every error the product raises on purpose, drawn as a tree.

    GlocalError
    ├── AskAgain            the person can put it right: say what, offer a way, keep what they typed
    │   ├── Unreadable      a text that no slot type could read
    │   ├── Ambiguous       a text with two or three readings: offered as buttons
    │   └── PhotoRefused    a file that cannot become a picture
    ├── Refused             the person may not, or not now
    │   ├── NotAllowed      authority is missing
    │   ├── UnknownPerson   no member stands behind this account
    │   ├── Stale           the button or form belongs to an older revision
    │   └── WrongState      the campaign's state does not allow it
    ├── TryLater            somebody else's fault for now: a platform, a lock, a full disk
    │   ├── RateLimited     carries retry_after_s
    │   ├── MediaFull       a file could not be written
    │   └── StoreBusy       the database stayed locked
    ├── PostGone            a post can no longer be edited; place the card anew
    ├── Unreachable         the conversation is closed to us (blocked, left, archived)
    └── Misconfigured       a file of headquarters or a setting is wrong: file, line, column

A class says what to do; `sentence` names the words in prompts/ (area.key) and the facts fill them.
"""

from typing import ClassVar


class GlocalError(Exception):
    """Carry the sentence for the person and the facts that fill it."""

    area: ClassVar[str] = "errors"
    reason: str = "unexpected"

    def __init__(self, reason: str = "", /, **facts: object) -> None:
        self.reason = reason or self.reason
        self.facts = facts
        super().__init__(f"{self.sentence} {facts}" if facts else self.sentence)

    @property
    def sentence(self) -> str:
        """Name the words of this error in prompts/, as `area.key`."""
        return f"{self.area}.{self.reason}"


class AskAgain(GlocalError):
    """Ask the person to put it another way."""


class Unreadable(AskAgain):
    """A text could not be read as the slot's type; `reason` says why (`not_a_date`, `two_numbers`, …)."""

    area = "unreadable"
    reason = "text"


class Ambiguous(AskAgain):
    """A text has several readings; `candidates` holds the JSON data of each, likeliest first."""

    area = "unreadable"
    reason = "ambiguous"

    def __init__(self, candidates: tuple[dict[str, object], ...], **facts: object) -> None:
        super().__init__("ambiguous", **facts)
        self.candidates = candidates


class PhotoRefused(AskAgain):
    """A file cannot become a picture; `reason` says why (`empty`, `truncated`, `too_many_pixels`, …)."""

    area = "photo"
    reason = "not_a_picture"


class Refused(GlocalError):
    """The request is understood and will not be done."""

    area = "refused"


class NotAllowed(Refused):
    """The member lacks the authority."""

    reason = "not_allowed"


class UnknownPerson(Refused):
    """No member stands behind the account."""

    reason = "unknown_person"


class Stale(Refused):
    """The press or form belongs to an older revision of the campaign."""

    reason = "stale"


class WrongState(Refused):
    """The campaign's or request's state does not allow it."""

    reason = "wrong_state"


class TryLater(GlocalError):
    """Something outside is in the way for now."""

    reason = "try_later"


class RateLimited(TryLater):
    """A platform asks for a pause of `retry_after_s` seconds."""

    def __init__(self, retry_after_s: float) -> None:
        super().__init__("rate_limited", retry_after_s=retry_after_s)
        self.retry_after_s = retry_after_s


class MediaFull(TryLater):
    """A file could not be written to the media store."""

    reason = "media_full"


class StoreBusy(TryLater):
    """The database stayed locked longer than we wait."""

    reason = "store_busy"


class PostGone(GlocalError):
    """The post can no longer be edited."""

    reason = "post_gone"


class Unreachable(GlocalError):
    """The conversation is closed to the bot."""

    reason = "unreachable"


class Misconfigured(GlocalError):
    """A brand file, a policy or a setting is wrong; `str()` is `file:line:column: what`."""

    reason = "misconfigured"

    def __init__(self, what: str, *, file: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__("misconfigured", what=what, file=file, line=line, column=column)
        place = ":".join(str(part) for part in (file, line, column) if part)
        self.args = (f"{place}: {what}" if place else what,)
