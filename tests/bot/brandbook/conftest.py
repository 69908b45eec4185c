from pathlib import Path
from textwrap import dedent

import pytest

FILES = {
    "brand.yaml": """\
        name: Small Oven
        palette: {cream: "#fff4e0", crust: "#5a3214"}
        typefaces:
          display: {family: Serif, weights: {regular: fonts/serif.ttf, bold: fonts/serif-bold.ttf}}
        logos: {light: logos/light.png}
        languages: [en, fr]
        """,
    "fonts/serif.ttf": "regular",
    "fonts/serif-bold.ttf": "bold",
    "fonts/OFL.txt": "licence",
    "logos/light.png": "logo",
    "photos/loaf.png": "loaf",
    "seed.yaml": """\
        territories:
          - {id: world, name: World}
          - {id: north, name: North, parent_id: world, locale: fr-CA}
        locations:
          - id: mtl
            name: Montréal
            territory_ids: [north]
            locale: fr-CA
            time_zone: America/Toronto
            currency: CAD
            profile: {phone: "+1 514-555-0123"}
          - {id: nyc, name: New York, territory_ids: [world], locale: en-US, time_zone: America/New_York, currency: USD}
        people:
          - id: maria
            name: Maria
            locale: fr
            accounts: [{platform: telegram, workspace: "7", user_id: "5"}]
            roles: [{role: owner, location_id: mtl}]
          - {id: sam, name: Sam, roles: [{role: approver, territory_id: north}]}
        conversations:
          - {platform: slack, workspace: T1, conversation_id: C1, territory_id: north}
        """,
    "policies/approval.yaml": """\
        lanes:
          - name: standard
            applies: {templates: [bread], territories: [north]}
            max_values: {price: 20}
        reactions: {slack: white_check_mark, telegram: 👌}
        """,
    "policies/guardrails.yaml": """\
        rules:
          - id: short
            kind: text_length
            citation: Brand guide 1
            sentence: {en: "Keep it short.", fr: Soyez bref.}
            applies: {slots: [headline]}
            settings: {max_graphemes: 40}
        """,
    "templates/bread/template.yaml": """\
        lane: standard
        territories: [north]
        slots:
          - {name: headline, type: text}
          - {name: price, type: price, is_required: false}
          - {name: picture, type: photo, is_required: false}
        """,
    "templates/bread/layout.yaml": """\
        styles:
          head: {role: display, weight: bold, size: [40, 90], color: crust}
        formats:
          square:
            layers:
              - {kind: shape, color: cream}
              - {kind: photo, slot: picture, fallback: art/sun.png}
              - {kind: image, file: /photos/loaf.png}
              - kind: text
                text: "{{ headline }}"
                style: head
              - {kind: text, text: "{{ copy.legal }}", style: head, unless: price}
        """,
    "templates/bread/art/sun.png": "sun",
    "templates/bread/copy/en.yaml": """\
        title: Bread
        words: {legal: While supplies last.}
        alt: "{{ headline }} with a loaf"
        slots:
          headline: {label: Headline}
          price: {label: Price}
          picture: {label: Picture}
        """,
    "templates/bread/copy/fr.yaml": """\
        title: Pain
        words: {legal: Jusqu'à épuisement.}
        slots:
          headline: {label: Titre}
          price: {label: Prix}
          picture: {label: Image}
        """,
    "templates/bread/sample.yaml": """\
        headline: Fresh bread
        picture: /photos/loaf.png
        """,
}


@pytest.fixture
def brand_folder(tmp_path: Path) -> Path:
    """Write a small brand without mistakes, to be broken by the test."""
    folder = tmp_path / "small_oven"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return folder
