"""Owner and approver in a real browser, at a desk and on a phone."""

import pytest
from playwright.async_api import Route, expect

from bot.playground.slack_state import Post
from tests.browser.conftest import SIZES, Visit

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
at_a_desk = pytest.mark.parametrize("size", [SIZES["desktop"]], ids=["desktop"])
HALF = "could the headline be a bit"


async def _asks_for_approval(visit: Visit) -> None:
    await visit.writes("owner", "20% off butter croissants this weekend")
    await visit.presses("owner", "Weekend offer")
    await visit.presses("owner", "Confirm all")
    await visit.presses("owner", "Ask for approval")
    await expect(visit.pane("owner").locator(".bubble").filter(has_text="Sent.")).to_be_attached()


async def test_from_a_sentence_to_files(visit: Visit, size: tuple[int, int]) -> None:
    """An owner asks, an approver approves in the other pane, and the originals arrive; nothing sticks out sideways."""
    await _asks_for_approval(visit)
    await visit.presses("approver", "Approve")
    await expect(visit.pane("approver").locator(".post").filter(has_text="Approved by Sam").first).to_be_visible()
    await visit.joined.settles()
    owner = await visit.goes_to("owner")
    await expect(owner.get_by_text("weekend-offer-old-mill-square.png")).to_be_attached()
    await expect(owner.locator(".bubble").filter(has_text="Approved and delivered")).to_be_attached()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]


async def test_half_typed_text_survives(visit: Visit) -> None:
    """What stands in a composer or a modal stays, with focus and caret, while the pane is redrawn around it."""
    await _asks_for_approval(visit)
    approver = await visit.goes_to("approver")
    await approver.locator(".composer textarea").fill("one mo")
    await visit.presses("approver", "Request changes")
    field = approver.locator(".modal [data-typed]").first
    await field.fill(HALF)
    await field.press("ArrowLeft")
    await visit.troupe.people["maria"].presses("Story")
    await visit.troupe.people["grace"].says("Sam, will you look?", where="thread")
    await expect(approver.get_by_text("Sam, will you look?")).to_be_attached()
    await expect(field).to_have_value(HALF)
    await expect(field).to_be_focused()
    assert await field.evaluate("node => node.selectionStart") == len(HALF) - 1
    await expect(approver.locator(".composer textarea")).to_have_value("one mo")
    await field.press("End")
    await field.press_sequentially(" warmer")
    await approver.locator(".modal .primary").click()
    owner = await visit.goes_to("owner")
    await expect(owner.get_by_text(f"{HALF} warmer").first).to_be_visible()


async def test_no_stale_button_decides(visit: Visit) -> None:
    """A button on a page that has fallen behind is refused with the reason, and decides nothing."""
    await _asks_for_approval(visit)
    approver = await visit.goes_to("approver")
    await expect(approver.locator("[data-press]").filter(has_text="Approve").first).to_be_visible()
    await visit.page.route("**/pane/*", _never)
    await visit.troupe.people["maria"].presses("Withdraw")
    async with visit.page.expect_response("**/act/sam/press"):
        await approver.locator("[data-press]").filter(has_text="Approve").first.click()
    await visit.joined.settles()
    seen = visit.troupe.people["sam"].sees()
    assert [one for one in seen if one.is_private], "the approver is told privately"
    card = visit.troupe.people["maria"].card()
    assert "Cancelled" in card.words
    await visit.page.unroute("**/pane/*")
    await visit.troupe.people["grace"].says("What happened?", where="channel")
    await expect(approver.locator("[data-press]").filter(has_text="Approve")).to_have_count(0)


@at_a_desk
async def test_a_lost_stream_catches_up(visit: Visit) -> None:
    """What happened while the line was down is there as soon as it is up, without a reload."""
    await visit.page.context.set_offline(True)
    await visit.troupe.people["maria"].says("hello")
    await visit.page.context.set_offline(False)
    owner = await visit.goes_to("owner")
    await expect(owner.locator(".bubble.mine").filter(has_text="hello")).to_be_visible(timeout=15_000)


@at_a_desk
async def test_unknown_blocks_show_a_box(visit: Visit) -> None:
    """A block that the page cannot draw stands there as a box with its JSON."""
    workspace = visit.joined.stage.slack.workspace
    blocks = [{"type": "hologram", "size": 3}]
    workspace.add_post(Post("C0APPROVE1", workspace.next_ts(), workspace.bot.id, "…", blocks=blocks))  # type: ignore[arg-type]
    approver = await visit.goes_to("approver")
    await expect(approver.get_by_text("Not drawn here: hologram")).to_be_visible()


async def _never(route: Route) -> None:
    await route.abort()
