"""Take up an unfinished campaign again: its card is placed here, ready to go on."""

from bot.chat import Choose, Option, Reply, Say, ShowCard
from bot.dialog.moments import show_moment
from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId
from bot.turn import Turn

MOST_LISTED = 6


async def resume(turn: Turn) -> Reply:
    """Show the draft that was chosen, the only unfinished one, or the list to choose from."""
    if turn.action and turn.action.subject.startswith("p"):
        chosen = await turn.chosen()
        campaign = await turn.uow.campaigns.get(CampaignId(str(chosen["campaign"])), turn.member, turn.places)
        return await _show(turn, campaign) if campaign else _nothing(turn)
    mine = {place.id for place in turn.member.locations(turn.places)}
    unfinished = tuple(one for one in await turn.uow.campaigns.unfinished(turn.member) if one.location_id in mine)
    if not unfinished:
        return _nothing(turn)
    if len(unfinished) == 1:
        return await _show(turn, unfinished[0])
    return await _list(turn, unfinished[:MOST_LISTED])


async def _show(turn: Turn, campaign: Campaign) -> Reply:
    await turn.focus_on(campaign.id, is_tour=False)
    return ShowCard(campaign_id=campaign.id)


def _nothing(turn: Turn) -> Reply:
    row = (turn.button("buttons.menu", "menu", style="primary"), turn.button("buttons.duplicate", "duplicate"))
    return Say(text=turn.text("menu.nothing_unfinished"), rows=(row,))


async def _list(turn: Turn, unfinished: tuple[Campaign, ...]) -> Reply:
    pending = await turn.offer("resume", [{"campaign": campaign.id} for campaign in unfinished])
    options = [await _option(turn, campaign, index, pending_id=pending.id) for index, campaign in enumerate(unfinished)]
    return Choose(
        text=turn.text("menu.which_draft", count=len(options)),
        options=tuple(options),
        rows=((turn.button("buttons.menu", "menu"),),),
    )


async def _option(turn: Turn, campaign: Campaign, index: int, *, pending_id: str) -> Option:
    draft = await turn.draft(campaign)
    title = draft.template.copy_for(turn.language).title
    at = show_moment(campaign.changed_at, location=draft.location, language=turn.language.split("-")[0])
    name = turn.line("menu.draft", template=title, location=draft.location.name)
    return Option(
        title=name,
        description=turn.line("menu.draft_of", at=at, state=turn.line(f"words.state_{campaign.state}")),
        button=turn.button("buttons.template", "resume", index=index, subject=pending_id, title=name),
    )
