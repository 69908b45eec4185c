"""The brand's own people at the doubles, ready to act: Maria the owner, Sam who approves, Ana the admin.

`demo` and the page use it; the house must be seeded with people.
"""

from dataclasses import dataclass

from bot.domain.member import Member
from bot.playground.joined import Joined
from bot.playground.surfaces.hands import Hands
from bot.playground.surfaces.slack_hands import SlackHands
from bot.playground.surfaces.surface import PlatformSurface
from bot.playground.surfaces.telegram_hands import TelegramHands
from bot.testing.people import Person

TERRITORY = "springfield"


@dataclass(frozen=True)
class Troupe:
    """The people of the seed by their id."""

    surface: PlatformSurface
    people: dict[str, Person]


def gather(joined: Joined) -> Troupe:
    """Let everybody of the seed exist at the doubles, and give those with an account."""
    book = joined.house.ground.shelf.book()
    joined.stage.seat_everybody(book)
    shared = {one.territory_id: one for one in book.seed.conversations if one.territory_id}
    places = {area: one.conversation_id for area, one in shared.items() if one.platform == "slack"}
    groups = {area: int(one.conversation_id) for area, one in shared.items() if one.platform == "telegram"}
    hands: dict[str, Hands] = {
        "slack": SlackHands(joined.stage.slack, {str(area): name for area, name in places.items()}),
        "telegram": TelegramHands(joined.stage.telegram, {str(area): number for area, number in groups.items()}),
    }
    surface = PlatformSurface(hands=hands, settles=joined.settles)
    people = {member.id: _person(member, surface) for member in book.seed.people if member.accounts}
    return Troupe(surface, {str(member_id): person for member_id, person in people.items()})


def _person(member: Member, surface: PlatformSurface) -> Person:
    account = member.accounts[0]
    areas = [one.territory_id for one in member.memberships if one.territory_id]
    return Person(
        name=member.name.split()[0].lower(),
        member_id=member.id,
        platform=account.platform,
        user_id=account.user_id,
        surface=surface,
        territory_id=str(areas[0]) if areas else "",
    )
