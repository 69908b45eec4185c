"""Slack's mrkdwn as the panes draw it."""

import pytest

from bot.playground.page_mrkdwn import draw_mrkdwn

CASES = {
    "*Weekend offer* · _new_": "<strong>Weekend offer</strong> · <em>new</em>",
    "2 * 3 * 4 and snake_case_name": "2 * 3 * 4 and snake_case_name",
    "&lt;b&gt; &amp; &quot;": "&lt;b&gt; &amp; &quot;",
    "ask <@U0SAM00001>": 'ask <span class="mention">@Sam</span>',
    "&gt; said\nthen": '<span class="quote">said</span>then',
    ":white_check_mark: done :unheard_of:": "✅ done :unheard_of:",
    "<https://ovenlark.example/a?b=1&amp;c=2|shop>": '<a href="https://ovenlark.example/a?b=1&amp;c=2" target="_blank" '
    'rel="noopener noreferrer">shop</a>',
    "<javascript:alert(1)|press me>": "press me",
    '<https://x.example/"onmouseover="alert(1)>': '<a href="https://x.example/&quot;onmouseover=&quot;alert(1)" '
    'target="_blank" rel="noopener noreferrer">https://x.example/&quot;onmouseover=&quot;alert(1)</a>',
}


@pytest.mark.parametrize(("typed", "drawn"), CASES.items(), ids=range(len(CASES)))
def test_marks_become_tags_and_nothing_else_does(typed: str, drawn: str) -> None:
    """Slack's marks are drawn, its escapes stay escapes, and only web addresses become links."""
    assert draw_mrkdwn(typed, name_of=lambda _: "Sam") == drawn
