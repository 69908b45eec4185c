"""Read one template's folder: slots, layout, copy per language, sample.

Called by `load_book` for each folder under templates/; `template_checks` holds the files together.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.brandbook.brand_files import missing_files
from bot.brandbook.digests import digest_file, digest_together
from bot.brandbook.explained import read_model
from bot.brandbook.mistakes import Desk
from bot.brandbook.shapes import SampleFile, TemplateFile
from bot.brandbook.walk import texts_at
from bot.brandbook.yaml_file import Loc, YamlFile, read_yaml
from bot.domain.ids import Digest
from bot.domain.layout import Layout
from bot.domain.template import Template, TemplateCopy


@dataclass(frozen=True)
class TemplateFiles:
    """The files of one template as written, each with its places."""

    name: str
    folder: Path
    template: YamlFile
    layout: YamlFile
    sample: YamlFile
    copies: Mapping[str, YamlFile]
    """Language -> copy/<language>.yaml."""

    @property
    def yaml_files(self) -> tuple[YamlFile, ...]:
        """Return all of them."""
        return (self.template, self.layout, self.sample, *self.copies.values())

    def path_of(self, written: str) -> Path:
        """Return where a file lies: `/…` is the brand's folder, anything else the template's."""
        brand_folder = self.folder.parent.parent
        return brand_folder / written[1:] if written.startswith("/") else self.folder / written


def open_template(folder: Path) -> TemplateFiles:
    """Read the YAML of a template's folder.

    Raises:
        BrandErrors: files that are missing or are not YAML.
    """
    desk = Desk()
    place = f"templates/{folder.name}"
    names = ["template.yaml", "layout.yaml", "sample.yaml"]
    names += sorted(f"copy/{path.name}" for path in (folder / "copy").glob("*.yaml"))
    read = {name: desk.attempt(_reader(folder / name, f"{place}/{name}")) for name in names}
    desk.close()
    files = {name: file for name, file in read.items() if file}
    return TemplateFiles(
        name=folder.name,
        folder=folder,
        template=files["template.yaml"],
        layout=files["layout.yaml"],
        sample=files["sample.yaml"],
        copies={Path(name).stem: file for name, file in files.items() if name.startswith("copy/")},
    )


def build_template(files: TemplateFiles) -> Template:
    """Make the template with the digest of everything it is drawn from.

    Raises:
        BrandErrors: words that the models do not know, and pictures that are missing.
    """
    desk = Desk()
    desk.note(missing_files(files.layout, ((loc, files.path_of(path)) for loc, path in drawn_files(files))))
    written = desk.attempt(lambda: read_model(files.template, TemplateFile))
    layout = desk.attempt(lambda: read_model(files.layout, Layout))
    sample = desk.attempt(lambda: read_model(files.sample, SampleFile))
    copies = {language: desk.attempt(_copy_reader(file)) for language, file in files.copies.items()}
    desk.close()
    digests = _digest_assets(files)
    return Template.model_validate(
        {
            **dict(written or ()),
            "name": files.name,
            "version": _version(files, digests),
            "copy_by_language": copies,
            "layout": layout,
            "files": digests,
            "sample": sample.root if sample else {},
        }
    )


def drawn_files(files: TemplateFiles) -> Iterator[tuple[Loc, str]]:
    """Find the pictures that the layout draws."""
    return texts_at(files.layout, ("file", "fallback"))


def _sample_files(files: TemplateFiles) -> Iterator[tuple[Loc, str]]:
    """Find the sample's texts that name a file: photos."""
    keys = files.sample.data if isinstance(files.sample.data, dict) else ()
    for loc, text in texts_at(files.sample, map(str, keys)):
        if files.path_of(text).is_file():
            yield loc, text


def _digest_assets(files: TemplateFiles) -> dict[str, Digest]:
    written = {path for _, path in (*drawn_files(files), *_sample_files(files))}
    return {path: digest_file(files.path_of(path)) for path in sorted(written)}


def _version(files: TemplateFiles, assets: Mapping[str, Digest]) -> Digest:
    place = files.folder.parent.parent
    return digest_together({**{file.name: digest_file(place / file.name) for file in files.yaml_files}, **assets})


def _reader(path: Path, name: str) -> Callable[[], YamlFile]:
    return lambda: read_yaml(path, name=name)


def _copy_reader(file: YamlFile) -> Callable[[], TemplateCopy]:
    return lambda: read_model(file, TemplateCopy)
