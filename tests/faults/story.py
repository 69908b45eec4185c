"""The short way to a campaign that waits for approval, and what the store and the chats say afterwards."""

from bot.domain.campaign import Campaign
from bot.domain.ids import CampaignId
from bot.testing import Person, World

SENTENCE = "20% off croissants this weekend"


async def ask_for_approval(owner: Person, sentence: str = SENTENCE) -> None:
    """Say it in one sentence, confirm what was understood, and ask."""
    await owner.says(sentence)
    await owner.presses("Weekend offer")
    await owner.presses("Confirm all")
    await owner.presses("Ask for approval")


async def campaigns_of(world: World) -> list[Campaign]:
    """Read every campaign there is, by what the log says was started."""
    async with world.house.ground.store.reading() as uow:
        entries = await uow.audit.read(0, 1_000_000)
        started = [entry.event.subject for entry in entries if entry.event.what == "campaign.started"]
        return [await uow.campaigns.load(CampaignId(subject)) for subject in started]


def words_since(person: Person, before: int) -> list[str]:
    """Give what was posted to a person after they had seen so much, cards left out."""
    return [seen.words for seen in person.sees()[before:] if not seen.is_card]
