"""The commands that tell what the model has: designs, parameters, the order of the year, schemas, pages of the docs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.checks import everything, registry
from sim.cli.options import DesignName, Lang, Language, Plugins, RoleName
from sim.errors import InputError

if TYPE_CHECKING:
    from sim.declared import Declared
    from sim.scenario_files import Words


def diff(a: DesignName, b: DesignName, lang: Language = Lang.NB, *, plugins: Plugins = None) -> None:
    """Tell in words what changes from one design to another."""
    from sim import scenario_files

    known = everything(plugins)
    first, second = (scenario_files.load_design(name, known.registry) for name in (a, b))
    sentences = scenario_files.diff(first, second, known.registry, lang, _lever_words(lang, known))
    for sentence in sentences or [scenario_files.no_difference(first, second, lang)]:
        typer.echo(sentence)


def designs(lang: Language = Lang.NB) -> None:
    """List the designs that come with the model, one a line."""
    from sim.scenario_files import load_design, names

    found = [load_design(name, registry()) for name in names()]
    width = max(len(design.key) for design in found)
    for design in found:
        typer.echo(f"{design.key:{width}}  {design.title[lang]}")


def parameters(
    role: Annotated[RoleName | None, typer.Option(help="Only those of one role.", show_default="all")] = None,
    *,
    plugins: Plugins = None,
) -> None:
    """List all parameters: name, default, what is expected, unit, role, meaning."""
    from sim.design import plain
    from sim.parameters.registry import expected

    for declaration in registry(plugins).by_name.values():
        if role is None or declaration.role == role.value:
            typer.echo(
                f"{declaration.name} = {plain(declaration.default)} ({expected(declaration)}; unit: "
                f"{declaration.unit}; {declaration.role.value}): {declaration.meaning}"
            )


def order(*, plugins: Plugins = None) -> None:
    """Print the order of the school year: which process runs when, and why there."""
    from sim import school_year

    typer.echo(school_year.describe(everything(plugins).schemes))


def schema(
    out: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False, help="File, of scenario files alone.", show_default="both, in scenarios/"
        ),
    ] = None,
    *,
    plugins: Plugins = None,
) -> None:
    """Write the JSON schemas of scenario files and experiment files, by which editors help and check."""
    from sim import scenario_files

    if plugins and out is None:
        raise InputError(
            "schema: with plug-ins, say where to (--out); the schemas in scenarios/ are the model's own"
        )
    target = out or scenario_files.schema_file()
    scenario_files.write_schema(registry(plugins), target)
    typer.echo(target)
    if out is None:
        typer.echo(_write_experiment_schema())


def docs_tables(
    context: typer.Context,
    *,
    folder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Folder of the docs.")] = Path(
        "docs"
    ),
    plugins: Plugins = None,
) -> None:
    """Write the generated tables of the docs anew, and the readme's sentence on what is calibrated."""
    from sim import reference

    reference.write_all(folder, reference.pages(context.find_root().command, everything(plugins)))
    reference.write_readme(folder.parent / "README.md")


def _lever_words(lang: str, known: Declared) -> Words:
    """What levers, their units and choices are called in a language other than that of the declarations."""
    from sim.app.lever_form import unit_key
    from sim.app.texts import own_texts
    from sim.scenario_files import Words

    if lang == "en":
        return Words()
    levers = known.registry.by_name.values()
    texts = dict(own_texts("levers", lang))
    for plugin in known.plugins.values():
        texts |= plugin.texts.get(lang, {})
    said = {d.name: texts.get(f"lever.{d.name}.what", "").rstrip(".") for d in levers}
    units = {d.unit: texts.get(f"lever_unit.{unit_key(d.unit)}") for d in levers}
    choice = "lever_value."
    return Words(
        {name: words[:1].lower() + words[1:] for name, words in said.items() if words},
        {unit: words for unit, words in units.items() if words},
        {key.removeprefix(choice): words for key, words in texts.items() if key.startswith(choice)},
    )


def _write_experiment_schema() -> Path:
    """Write the JSON schema of experiment files, and say where."""
    from sim.declared import OUTCOMES
    from sim.sweeps.schema import experiment_schema_file, experiment_schema_text

    target = experiment_schema_file()
    target.write_text(experiment_schema_text(registry(), OUTCOMES), encoding="utf-8")
    return target
