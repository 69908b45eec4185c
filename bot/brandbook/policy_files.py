"""Read policies/: who approves what by when, and the guardrails of every other file there.

Called by `load_book` after templates and seed, because rules and lanes name slots and territories.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.brandbook.digests import digest_file, digest_together
from bot.brandbook.explained import read_model
from bot.brandbook.mistakes import Desk, Mistake
from bot.brandbook.rule_checks import check_kind
from bot.brandbook.shapes import RulesFile
from bot.brandbook.walk import keys_at, repeated, unknown_items, unknown_keys, unknown_texts, value_at
from bot.brandbook.yaml_file import Loc, YamlFile, read_yaml
from bot.domain.policy import ApprovalPolicy, Policies, Rule

APPROVAL = "approval.yaml"


@dataclass(frozen=True)
class Known:
    """The words that a policy may name."""

    languages: tuple[str, ...]
    templates: frozenset[str]
    slots: frozenset[str]
    slot_types: frozenset[str]
    territories: frozenset[str]


def read_policies(folder: Path, known: Known) -> Policies:
    """Read every policy of the brand.

    Raises:
        BrandErrors: everything that is wrong in policies/.
    """
    desk = Desk()
    paths = sorted(path for path in (folder / "policies").glob("*.yaml") if path.name != APPROVAL)
    rules = [desk.attempt(_Reader(path, known).rules) or () for path in paths]
    approval = desk.finish(_Reader(folder / "policies" / APPROVAL, known).approval)
    digests = {path.name: digest_file(path) for path in paths}
    return Policies(
        version=digest_together({**digests, APPROVAL: approval.version}),
        rules=tuple(rule for each in rules for rule in each),
        approval=approval,
    )


@dataclass(frozen=True)
class _Reader:
    path: Path
    known: Known

    def rules(self) -> tuple[Rule, ...]:
        file = self._open()
        desk = Desk()
        written = desk.finish(lambda: read_model(file, RulesFile))
        desk.note(repeated(file, ("rules",), key="id"))
        for position, rule in enumerate(written.rules):
            way = ("rules", position)
            desk.note(check_kind(file, way, rule))
            desk.note(self._unknown_places(file, (*way, "applies")))
            desk.note(self._languages(file, (*way, "sentence")))
        desk.close()
        return written.rules

    def approval(self) -> ApprovalPolicy:
        file = self._open()
        desk = Desk()
        policy = desk.finish(lambda: read_model(file, ApprovalPolicy, given={"version": digest_file(self.path)}))
        desk.note(repeated(file, ("lanes",), key="name"))
        desk.note(unknown_texts(file, ("then",), kind="ending", known=("escalate", "expire")))
        for position in range(len(policy.lanes)):
            way = ("lanes", position)
            desk.note(self._unknown_places(file, (*way, "applies")))
            desk.note(unknown_keys(file, (*way, "max_values"), kind="slot", known=self.known.slots))
        desk.close()
        return policy

    def _open(self) -> YamlFile:
        return read_yaml(self.path, name=f"policies/{self.path.name}")

    def _unknown_places(self, file: YamlFile, way: Loc) -> Iterator[Mistake]:
        slots = self.known.slots | self.known.slot_types
        yield from unknown_items(file, (*way, "templates"), kind="template", known=self.known.templates)
        yield from unknown_items(file, (*way, "slots"), kind="slot", known=slots)
        yield from unknown_items(file, (*way, "territories"), kind="territory", known=self.known.territories)

    def _languages(self, file: YamlFile, way: Loc) -> Iterator[Mistake]:
        yield from unknown_keys(file, way, kind="language", known=self.known.languages)
        for language in self.known.languages:
            if language not in keys_at(file, way) and value_at(file, way) is not None:
                yield file.mistake(way, f"the sentence is missing in “{language}”")
