from pathlib import Path

import pytest

from bot.brandbook import BrandErrors, load_book
from bot.domain.ids import TerritoryId
from bot.domain.member import Role


def test_folder_becomes_a_book(brand_folder: Path) -> None:
    """Every file's content is in the book: brand, template, policies, seed."""
    book = load_book(brand_folder)
    bread = book.templates["bread"]
    assert book.brand.folder == "small_oven"
    assert bread.formats == ("square",)
    assert bread.copy_for("fr").title == "Pain"
    assert bread.sample["headline"] == "Fresh bread"
    assert book.policies.rules[0].id == "short"
    assert book.policies.approval.reactions["telegram"] == "👌"
    assert book.seed.people[0].memberships[0].role is Role.OWNER
    assert not book.seed.conversations[0].is_direct
    assert book.seed.places.nearest_first(book.seed.locations[0]) == (TerritoryId("north"), TerritoryId("world"))


def test_assets_are_found_by_digest(brand_folder: Path) -> None:
    """Each font, logo, picture and sample photo lies where its digest says."""
    book = load_book(brand_folder)
    files = book.templates["bread"].files
    assert set(files) == {"/photos/loaf.png", "art/sun.png"}
    assert book.files[files["art/sun.png"]].read_text() == "sun"
    assert book.files[book.brand.files["fonts/serif.ttf"]].read_text() == "regular"


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ("templates/bread/copy/fr.yaml", "template"),
        ("templates/bread/art/sun.png", "template"),
        ("fonts/serif.ttf", "brand"),
        ("policies/guardrails.yaml", "policies"),
        ("seed.yaml", "none"),
    ],
)
def test_versions_follow_the_bytes_of_their_files(brand_folder: Path, changed: str, what: str) -> None:
    """A changed file changes the version of what it belongs to, and of the book; nothing else."""
    before = load_book(brand_folder)
    path = brand_folder / changed
    path.write_text(path.read_text() + "\n")
    after = load_book(brand_folder)
    assert after.version != before.version
    assert (after.templates["bread"].version != before.templates["bread"].version) == (what == "template")
    assert (after.brand.version != before.brand.version) == (what == "brand")
    assert (after.policies.version != before.policies.version) == (what == "policies")


def test_same_files_give_the_same_version(brand_folder: Path) -> None:
    """Reading twice gives equal books."""
    assert load_book(brand_folder) == load_book(brand_folder)


def test_a_folder_without_a_brand_is_named(tmp_path: Path) -> None:
    """A folder that holds no brand is refused by its name."""
    with pytest.raises(BrandErrors, match=r"no brand\.yaml lies here"):
        load_book(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("brand.yaml", "#fff4e0", "cream", "brand.yaml:2:18: “cream” is not a colour"),
        ("brand.yaml", "fonts/serif.ttf", "fonts/serf.ttf", "unknown file “serf.ttf”; did you mean “serif.ttf”?"),
        ("brand.yaml", "palette", "pallete", "brand.yaml:2:1: unknown word “pallete”; did you mean “palette”?"),
        ("seed.yaml", "[north]", "[nort]", "unknown territory “nort”; did you mean “north”?"),
        ("seed.yaml", "location_id: mtl", "location_id: mlt", "unknown location “mlt”; did you mean “mtl”?"),
        ("seed.yaml", "America/Toronto", "America/Torono", "did you mean “America/Toronto”?"),
        ("seed.yaml", "currency: CAD", "currency: CAN", "unknown currency “CAN”"),
        ("seed.yaml", "locale: en-US", "locale: de-DE", "the brand does not speak “de-DE”"),
        ("seed.yaml", "locale: en-US", "locale: en", "“en” needs a region"),
        ("seed.yaml", "locale: en-US", "locale: en-UX", "unknown locale “en-UX”"),
        ("seed.yaml", "id: sam", "id: maria", "seed.yaml:19:10: “maria” stands here twice"),
        ("seed.yaml", "name: World}", "name: World, parent_id: north}", "lies inside itself"),
        ("seed.yaml", "role: owner", "role: ower", "unknown role “ower”; did you mean “owner”?"),
        ("policies/approval.yaml", "[bread]", "[bred]", "unknown template “bred”; did you mean “bread”?"),
        ("policies/approval.yaml", "{price: 20}", "{prize: 20}", "unknown slot “prize”; did you mean “price”?"),
        ("policies/guardrails.yaml", "slots: [headline]", "slots: [headlin]", "did you mean “headline”?"),
        (
            "policies/guardrails.yaml",
            "kind: text_length",
            "kind: text_lenght",
            "unknown kind “text_lenght”; did you mean",
        ),
        (
            "policies/guardrails.yaml",
            "max_graphemes",
            "max_grapheme",
            "guardrails.yaml:7:16: unknown word “max_grapheme”",
        ),
        ("policies/guardrails.yaml", "Keep it short.", "Not {{ lenght }}.", "unknown fact “lenght”"),
        ("policies/guardrails.yaml", "Keep it short.", "Not {{ .", "not a well-formed text"),
        (
            "templates/bread/template.yaml",
            "type: text}",
            "type: text, limits: {max: 3}}",
            "unknown limit “max”; known: max_g",
        ),
        ("policies/guardrails.yaml", ", fr: Soyez bref.", "", "the sentence is missing in “fr”"),
        ("templates/bread/template.yaml", "lane: standard", "lane: standart", "did you mean “standard”?"),
        ("templates/bread/template.yaml", "[north]", "[nroth]", "did you mean “north”?"),
        ("templates/bread/template.yaml", "name: headline", "name: Head-line", "cannot be called “Head-line”"),
        (
            "templates/bread/template.yaml",
            "type: photo",
            "type: foto",
            "slot type “foto”; did you mean “photo”?",
        ),
        ("templates/bread/template.yaml", "is_required", "is_requird", "did you mean “is_required”?"),
        ("templates/bread/layout.yaml", "{{ headline }}", "{{ headlin }}", "unknown slot “headlin”"),
        ("templates/bread/layout.yaml", "copy.legal", "copy.legl", "did you mean “copy.legal”?"),
        ("templates/bread/layout.yaml", "slot: picture", "slot: pictur", "layout.yaml:7:29: unknown slot “pictur”"),
        ("templates/bread/layout.yaml", "color: cream", "color: creme", "did you mean “cream”?"),
        ("templates/bread/layout.yaml", "weight: bold", "weight: bald", "did you mean “bold”?"),
        ("templates/bread/layout.yaml", "role: display", "role: dispaly", "did you mean “display”?"),
        (
            "templates/bread/layout.yaml",
            "art/sun.png",
            "art/son.png",
            "did you mean “sun.png”?",
        ),
        ("templates/bread/copy/en.yaml", "headline: {", "headlin: {", "did you mean “headline”?"),
        ("templates/bread/copy/en.yaml", "{{ headline }} with", "{{ headlne }} with", "unknown slot “headlne”"),
        ("templates/bread/copy/fr.yaml", "words: {legal: Jusqu'à épuisement.}", "", "“legal” is missing here"),
        (
            "templates/bread/sample.yaml",
            "headline:",
            "headlin:",
            "sample for the required slot “headline” is missing",
        ),
        ("templates/bread/sample.yaml", "Fresh bread", "2026-12-04", "put quotes around 2026-12-04"),
    ],
)
def test_typo_is_found_where_it_stands(brand_folder: Path, file: str, old: str, new: str, said: str) -> None:
    """One wrong word in any file is told with its file, its place and the nearest right word."""
    path = brand_folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(BrandErrors) as caught:
        load_book(brand_folder)
    assert said in str(caught.value)
    assert all(mistake.file.endswith(".yaml") for mistake in caught.value.mistakes)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("fonts/OFL.txt", "no licence stands beside fonts/serif.ttf"),
        ("templates/bread/copy/fr.yaml", "copy/fr.yaml is missing: the brand speaks fr"),
        ("templates/bread/template.yaml", "templates/bread/template.yaml: the file is missing"),
        ("templates/bread/art/sun.png", "layout.yaml:7:48: unknown file “sun.png”"),
        ("policies/approval.yaml", "policies/approval.yaml: the file is missing"),
        ("seed.yaml", "seed.yaml: the file is missing"),
    ],
)
def test_missing_file_is_named(brand_folder: Path, file: str, said: str) -> None:
    """A file that is not there is told by name, at the place that asks for it."""
    (brand_folder / file).unlink()
    with pytest.raises(BrandErrors) as caught:
        load_book(brand_folder)
    assert said in str(caught.value)


def test_mistakes_of_several_files_come_together(brand_folder: Path) -> None:
    """One template's mistake does not hide the seed's."""
    for file, old, new in (("seed.yaml", "[north]", "[nort]"), ("templates/bread/template.yaml", "slots", "slotz")):
        path = brand_folder / file
        path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(BrandErrors) as caught:
        load_book(brand_folder)
    assert {mistake.file for mistake in caught.value.mistakes} == {"seed.yaml", "templates/bread/template.yaml"}
