"""Named points at which a fault test may kill the process, to prove that nothing is lost or doubled there.

Store, engine, answer and redraw call `crash_point`; it costs one comparison unless GLOCAL_CRASH_AT names the
point (`after_post_before_mark`, or `after_commit:3` for its third pass). Only tests set that variable.
"""

import os

VARIABLE = "GLOCAL_CRASH_AT"
EXIT_CODE = 137
"""What a shell reports after `kill -9`."""

CRASH_POINTS = (
    "before_record",
    "after_record_before_ack",
    "before_commit",
    "before_store_commit",
    "after_store_commit",
    "after_commit_before_post",
    "after_post_before_posted",
    "before_media_rename",
    "after_media_rename",
    "after_card_before_mark",
    "job_started",
    "after_render",
    "after_delivery_start",
    "after_document_before_mark",
    "after_delivery_mark",
    "before_delivered",
    "after_delivered",
)
"""Every point there is, in the order in which a campaign meets them."""


def _read(spec: str) -> tuple[str, int]:
    name, _, nth = spec.partition(":")
    return name, int(nth or 1)


_armed, _passes_left = _read(os.environ.get(VARIABLE, ""))


def crash_point(name: str) -> None:
    """Die at once, without cleaning up, when this point is armed and its turn has come."""
    global _passes_left  # noqa: PLW0603 - one counter for one process that is about to die
    if name != _armed:
        return
    _passes_left -= 1
    if _passes_left == 0:
        os._exit(EXIT_CODE)
