import pytest
from pydantic import JsonValue

from bot.dialog.sentence import find_parts, find_values, rank_templates
from bot.domain.ids import Digest
from bot.domain.layout import Layout
from bot.domain.reading import Reading
from bot.domain.template import Slot, Template, TemplateCopy
from tests.slots.readers import EN, ES, FR

LAYOUT = Layout.model_validate({"formats": {"square": {"layers": [{"kind": "shape", "color": "dough"}]}}})
REST: dict[str, JsonValue] = {"takes_rest": True}


def template(name: str, phrases: dict[str, tuple[str, ...]], *slots: Slot, rank: int = 1) -> Template:
    """Make a template out of its phrases and slots."""
    return Template(
        name=name,
        version=Digest("a" * 64),
        slots=slots,
        copy_by_language={lang: TemplateCopy(title=each[0], phrases=each) for lang, each in phrases.items()},
        layout=LAYOUT,
        rank=rank,
    )


OFFER = template(
    "offer",
    {"en": ("Weekend offer", "% off", "discount"), "es": ("Oferta", "descuento"), "fr": ("Offre", "% de rabais")},
    Slot(name="product", type="text", limits=REST),
    Slot(name="percent", type="percent", limits={"min": 5, "max": 60}),
    Slot(name="dates", type="date_range"),
    Slot(name="headline", type="text"),
    Slot(name="link", type="link", profile="link"),
    rank=1,
)
NEWS = template(
    "news",
    {"en": ("New product", "introducing"), "es": ("Producto nuevo", "pan nuevo"), "fr": ("Nouveau produit",)},
    Slot(name="name", type="text", limits=REST),
    Slot(name="price", type="price"),
    Slot(name="first_day", type="date"),
    Slot(name="phone", type="phone"),
    rank=2,
)
HOURS = template(
    "hours",
    {"en": ("Holiday hours", "closed for the holiday"), "es": ("Horario especial",), "fr": ("Horaire des fêtes",)},
    Slot(name="dates", type="date_range"),
    rank=3,
)
ALL = (OFFER, NEWS, HOURS)


def bare(text: str, held: Template, reading: Reading) -> dict[str, str]:
    """Give what was found, each value as one string."""
    found = find_values(text, held, reading=reading)
    return {name: " ".join(str(each) for each in data.values()) for name, data in found.items()}


WEEKEND, DEC = "2026-11-28 2026-11-29", "2026-12-04 2026-12-06"


@pytest.mark.parametrize(
    ("reading", "held", "text", "values"),
    [
        (EN, OFFER, "20% off croissants this weekend", {"percent": "20", "dates": WEEKEND, "product": "Croissants"}),
        (EN, OFFER, "cinnamon buns half off Dec 4-6", {"percent": "50", "dates": DEC, "product": "Cinnamon buns"}),
        (EN, OFFER, "I want 15 percent off all rye until Dec 6 please",
         {"percent": "15", "dates": "2026-11-23 2026-12-06", "product": "Rye"}),
        (EN, OFFER, 'save 20% on "Slow Sunday" buns this weekend',
         {"percent": "20", "dates": WEEKEND, "headline": "Slow Sunday", "product": "Buns"}),
        (EN, OFFER, "10% off scones 12/4-12/6", {"percent": "10", "dates": DEC, "product": "Scones"}),
        (EN, OFFER, "make it 15% and until Sunday", {"percent": "15", "dates": "2026-11-23 2026-11-29"}),
        (EN, NEWS, "new product: honey rye loaf, $9.50, starting Friday",
         {"price": "950 USD", "first_day": "2026-11-27", "name": "Honey rye loaf"}),
        (EN, NEWS, "call 217-555-0143.", {"phone": "+12175550143 "}),
        (ES, OFFER, "20% de descuento en conchas este fin de semana",
         {"percent": "20", "dates": WEEKEND, "product": "Conchas"}),
        (ES, NEWS, "pan nuevo: rosca a $12 desde el 2 de enero",
         {"price": "1200 USD", "first_day": "2027-01-02", "name": "Rosca"}),
        (FR, OFFER, "-20 % sur les brioches du 4 au 6 décembre",
         {"percent": "20", "dates": DEC, "product": "Brioches"}),
        (FR, NEWS, "nouveau produit : pain au seigle à 7,50 $", {"price": "750 CAD", "name": "Pain au seigle"}),
    ],
)  # fmt: skip
def test_a_sentence_fills_what_it_says(reading: Reading, held: Template, text: str, values: dict[str, str]) -> None:
    """Percentages, prices, days and the name between them come out of one sentence, in every language."""
    assert bare(text, held, reading) == values


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("20-30% off this weekend", {"percent", "product"}),
        ("up to 20% off buns", {"percent", "product"}),
        ("20% off, 30% for members", {"percent", "product"}),
        ("70% dark chocolate cookies this weekend", {"percent", "product"}),
        ("100% butter croissants this weekend", {"percent", "product"}),
        ("90% off everything", {"percent", "product"}),
        ("20% off but not on Sunday", {"dates", "product"}),
        ("Black Friday 20% off buns", {"dates", "product"}),
        ("20% off Friday 2 for 1", {"dates", "product"}),
        ("every Friday 20% off", {"dates", "product"}),
        ("Sunday brunch 20% off", {"dates", "product"}),
        ("1/2 off buns", {"percent", "dates", "product"}),
        ("open 24/7, 20% off", {"dates", "product"}),
        ("we may have 20% off", {"dates", "product"}),
        ("20% off next Friday", {"dates", "product"}),
        ("20% off Dec 4 or Dec 6", {"dates", "product"}),
        ("change the dates to this weekend", {"product"}),
        ("20% off Dec 24, 25 and 26", {"dates", "product"}),
        ("20% off buns Dec 4 - 6 PM", {"dates", "product"}),
        ("20% off pies, order by Nov 25", {"dates"}),
        ("de 8 a 10 de la mañana 15% en conchas", {"dates", "product"}),
        ("25% off on Tuesday for seniors", {"product"}),
        ("25% off for seniors on Tuesdays", {"dates", "product"}),
        ("20% off Dec 4 at Lakeside", {"product"}),
        ("until stocks last 20% off", {"product"}),
        ("@everyone 20% off", {"product"}),
        ("20% en todo menos pan", {"product"}),
        ("10% de descuento los viernes", {"dates", "product"}),
    ],
)
def test_what_is_doubtful_is_left_to_be_asked(text: str, never: set[str]) -> None:
    """Ranges, bounds, negations, names of days and second candidates are never taken for a value."""
    assert not never & set(bare(text, OFFER, EN))


@pytest.mark.parametrize("text", ["2 for $10 cookies", "$2 off loaves", "from $5", "was $9, now $7", "save $3"])
def test_an_amount_that_is_no_price_is_left(text: str) -> None:
    """Savings, bundles and bounds are not the price of one thing."""
    assert bare(text, NEWS, EN) == {}


def test_a_found_value_says_where_it_stands() -> None:
    """Each value points at its own characters."""
    text = "Croissants: 20% off this weekend"
    spans = {found.slot: text[slice(*found.span)] for found in find_parts(text, OFFER, reading=EN)}
    assert spans == {"percent": "20%", "dates": "this weekend", "product": "Croissants"}


def test_locked_and_profile_slots_are_not_filled() -> None:
    """What headquarters or the profile fills, a sentence does not."""
    assert bare("see ovenlark.example/menu", OFFER, EN) == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("20% off croissants", ["offer"]),
        ("I need a discount", ["offer"]),
        ("wekend ofer for buns", ["offer"]),
        ("introducing the walnut loaf", ["news"]),
        ("closed for the holidays", ["hours"]),
        ("horario especial para navidad", ["hours"]),
        ("rabais de 20 %", ["offer"]),
        ("discount on our new product", ["news", "offer"]),
        ("hello", []),
        ("the", []),
        ("", []),
    ],
)
def test_templates_are_ranked_by_what_people_call_them(text: str, names: list[str]) -> None:
    """Phrases in any language count, typing errors are forgiven, and nothing fits a greeting."""
    assert [each.name for each in rank_templates(text, ALL)] == names
