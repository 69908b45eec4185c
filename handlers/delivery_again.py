"""Send again what may not have arrived; only a person's press repeats a delivery."""

from bot.chat import Quiet, Reply
from bot.domain.campaign import Delivery
from bot.errors import WrongState
from bot.ports import Job
from bot.turn import Turn


async def delivery_again(turn: Turn) -> Reply:
    """Take the uncertain delivery up once more."""
    campaign = await turn.campaign()
    if campaign.delivery is not Delivery.UNCERTAIN:
        raise WrongState("nothing_to_send")
    again = campaign.note_delivery(Delivery.UNDERWAY, at=turn.now)
    await turn.change(again)
    await turn.uow.deliveries.allow_again(f"{campaign.id}:")
    await turn.engine.enqueue(turn.uow, Job.deliver(again))
    return Quiet(toast=turn.line("approval.sending_again"))
