"""A small template with one slot per type, and short ways to hold it against one rule."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.domain.draft import Draft
from bot.domain.finding import Finding
from bot.domain.ids import Digest, LocationId, TerritoryId
from bot.domain.layout import Layout
from bot.domain.location import Location
from bot.domain.policy import Applies, ApprovalPolicy, Policies, Rule
from bot.domain.reading import Reading
from bot.domain.template import Slot, SlotCopy, Template, TemplateCopy
from bot.domain.value import Source, Value
from bot.guardrails import check
from tests.slots.readers import HOSTS, MONDAY

Data = dict[str, JsonValue]
TYPES = ("text", "long_text", "number", "percent", "price", "date", "date_range", "phone", "link", "profile")
SENTENCE = {"en": "{{ label }}: {{ value }} ({{ limit }}{{ word }}{{ term }})", "fr": "Non : {{ value }}"}
TEMPLATE = Template(
    name="offer",
    version=Digest("a" * 64),
    slots=tuple(Slot(name=kind, type=kind, is_locked=kind == "profile") for kind in TYPES),
    copy_by_language={
        "en": TemplateCopy(
            title="Weekend offer",
            slots={kind: SlotCopy(label=kind.title(), default="Warm buns", examples=("Fresh rye",)) for kind in TYPES},
        )
    },
    layout=Layout.model_validate({"formats": {"square": {"layers": [{"kind": "shape", "color": "dough"}]}}}),
)
LAKESIDE = Location(
    id=LocationId("lakeside"),
    name="Lakeside",
    territory_ids=(TerritoryId("city"),),
    locale="en-US",
    time_zone="America/Chicago",
    currency="USD",
    profile={"phone": "217-555-0143", "link": "https://ovenlark.example/lakeside"},
)


def draft(values: Mapping[str, Data] | None = None, *, location: Location = LAKESIDE) -> Draft:
    """Make a draft of the small template: slot -> data."""
    return Draft(
        template=TEMPLATE,
        location=location,
        territories=(TerritoryId("city"), TerritoryId("region")),
        values={name: Value(data=data, source=Source.TYPED) for name, data in (values or {}).items()},
        reading=Reading.at(location, MONDAY, HOSTS),
    )


def rule(kind: str, settings: Data | None = None, *, slots: tuple[str, ...] = ()) -> Rule:
    """Make a rule of a kind."""
    return Rule(
        id=f"{kind}-1",
        kind=kind,
        citation="Guide 1",
        sentence=SENTENCE,
        applies=Applies(slots=slots),
        settings=settings or {},
    )


def policies(*rules: Rule) -> Policies:
    """Put rules in force."""
    return Policies(version=Digest("b" * 64), rules=rules, approval=ApprovalPolicy(version=Digest("c" * 64), lanes=()))


def find(held: Draft, *rules: Rule, language: str = "en") -> tuple[Finding, ...]:
    """Hold a draft against rules."""
    return check(held, policies(*rules), language)


def texts(finding: Finding) -> list[JsonValue]:
    """Give the remedies' bare values."""
    return [next(iter(remedy.data.values())) for remedy in finding.remedies]
