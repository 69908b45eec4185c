"""Slot type `link`: an https address on one of the brand's own hosts, read as a browser reads it (WHATWG)."""

from collections.abc import Mapping

import ada_url
import regex
from pydantic import JsonValue

from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy
from bot.errors import Ambiguous, Unreadable
from bot.slots.clean import clean_text
from bot.slots.slot_type import Widget

LONGEST_CHARACTERS = 500

_FORBIDDEN = regex.compile(r"[\s\\<>\"`{}|^@]")
_SCHEME = regex.compile(r"(?i)[a-z][a-z0-9+.\-]*:(?!\d)")
_HOST_FIRST = regex.compile(r"(?i)[a-z0-9][a-z0-9.\-]*\.[a-z]{2,}(?::\d+)?(?:[/?#].*)?")


class LinkType:
    """A web address."""

    name = "link"
    widget: Widget = "text"

    def parse(self, text: str, slot: Slot, reading: Reading, copy: SlotCopy) -> str:
        typed = clean_text(text)
        if not typed:
            raise Unreadable("empty")
        if len(typed) > LONGEST_CHARACTERS:
            raise Unreadable("too_long", length=len(typed), limit=LONGEST_CHARACTERS)
        if _FORBIDDEN.search(typed):
            raise Unreadable("not_a_link")
        url = read_url(typed)
        self._check(url, reading)
        if url.protocol == "http:":
            url.protocol = "https:"
            raise Ambiguous((dict[str, object](self.dump(str(url.href))),))
        return str(url.href)

    def show(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        return value

    def typeset(self, value: str, reading: Reading, copy: SlotCopy) -> str:
        return value.removeprefix("https://").removeprefix("www.").rstrip("/")

    def dump(self, value: str) -> dict[str, JsonValue]:
        return {"url": value}

    def load(self, data: Mapping[str, JsonValue]) -> str:
        return str(data["url"])

    def facts(self, value: str) -> Mapping[str, JsonValue]:
        return {"url": value, "host": str(ada_url.URL(value).hostname)}

    def _check(self, url: ada_url.URL, reading: Reading) -> None:
        if url.protocol not in {"https:", "http:"} or url.username or url.password:
            raise Unreadable("not_a_link")
        if url.port not in {"", "443"} or not is_host_allowed(str(url.hostname), reading.link_hosts):
            raise Unreadable("other_host", host=str(url.host), hosts=", ".join(reading.link_hosts))


def read_url(typed: str) -> ada_url.URL:
    """Read an address as a browser would; one without a scheme is taken as https.

    Raises:
        Unreadable: it is none.
    """
    if not _SCHEME.match(typed):
        if not _HOST_FIRST.fullmatch(typed):
            raise Unreadable("not_a_link")
        typed = f"https://{typed}"
    try:
        return ada_url.URL(typed)
    except ValueError:
        raise Unreadable("not_a_link") from None


def is_host_allowed(host: str, hosts: tuple[str, ...]) -> bool:
    """Tell whether a host is one of the brand's, or lies under one."""
    return any(host == allowed or host.endswith(f".{allowed}") for allowed in hosts)
