"""What an import costs is counted in modules: a count does not depend on the machine."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import mscos

HEAVY = {"pydantic", "pydantic_core", "jsonschema", "referencing", "click", "narwhals", "polars", "importlib_resources"}


def loaded_by(statement: str) -> set[str]:
    script = f"{statement}\nimport sys\nprint(*{{name.split('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert loaded_by("import mscos") & HEAVY == set()


def test_importing_the_package_imports_none_of_its_own_modules() -> None:
    script = "import mscos, sys\nprint(*[name for name in sys.modules if name.startswith('mscos.')])"

    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert printed.split() == []


def test_loading_an_edition_imports_nothing_heavy() -> None:
    statement = "import mscos\nmscos.load_taxonomy('2023.1').find('housing')"

    assert loaded_by(statement) & HEAVY == set()


@pytest.mark.parametrize("arguments", [["--help"], ["show"], ["search", "school"], ["editions"]])
def test_commands_that_need_no_record_import_neither_pydantic_nor_jsonschema(arguments: list[str]) -> None:
    statement = f"from mscos.cli import commands\ncommands.main({arguments!r}, standalone_mode=False)"

    assert loaded_by(statement) & (HEAVY - {"click"}) == set()


def test_every_public_name_can_be_had_and_nothing_else() -> None:
    assert mscos.__all__ == sorted(mscos.__all__)
    for name in mscos.__all__:
        assert getattr(mscos, name) is not None
    assert set(mscos.__all__) <= set(dir(mscos))
    with pytest.raises(AttributeError, match="module 'mscos' has no attribute 'nothing'"):
        mscos.nothing  # type: ignore[attr-defined] # noqa: B018


def test_type_checkers_see_the_names_that_are_there_at_run_time() -> None:
    tree = ast.parse(Path(mscos.__file__).read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}

    assert seen == set(mscos.__all__)


def test_every_third_party_module_that_is_imported_is_declared() -> None:
    package = Path(mscos.__file__).parent
    project = tomllib.loads((package.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {Requirement(line).name.replace("-", "_") for line in project["dependencies"]}
    # pydantic brings its core, and types from it stand in annotations only.
    allowed = declared | {"pydantic_core", "mscos"} | set(sys.stdlib_module_names)

    imported = {
        name for file in package.rglob("*.py") for name in third_party(ast.parse(file.read_text(encoding="utf-8")))
    }

    assert imported <= allowed
    # What an extra brings may stand in annotations only: the rest goes through `needed`.
    assert third_party(ast.parse("TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import polars\nimport re")) == {"re"}


def third_party(tree: ast.Module) -> set[str]:
    """Name the modules that are imported when a file is run, wherever in it."""
    for_checkers = {
        id(node)
        for block in tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    nodes = [node for node in ast.walk(tree) if id(node) not in for_checkers]
    imports = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in imports}
