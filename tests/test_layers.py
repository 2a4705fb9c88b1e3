"""The layers of docs/architecture.md, enforced: imports point down or sideways, never up."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src/mscos"

# Imported by name: the folder of the tests is no package, and mypy looks for none there.
layers: Callable[[], dict[str, int]] = import_module("test_docs").layers

FILES = sorted(file for file in PACKAGE.rglob("*.py") if file != PACKAGE / "__init__.py")


def module_of(file: Path) -> str:
    """Name the module, or the package directly below mscos, that a file belongs to."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST, file: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the module of every import of our own, wherever in the file it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            below = PACKAGE.joinpath(*file.relative_to(PACKAGE).parts[: -node.level]) if node.level else None
            parts = ("mscos", *below.relative_to(PACKAGE).parts) if below else ()
            base = ".".join((*parts, *((node.module,) if node.module else ())))
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name.split(".")[1]) for name in names if name.startswith("mscos."))


def upward(file: Path, source: str) -> list[str]:
    """List the imports of a file that point up, or at nothing that has a layer."""
    layer = layers()
    here = layer[module_of(file)]
    return [
        f"{file.relative_to(PACKAGE).as_posix()}:{line} (layer {here}) imports {name} (layer {layer.get(name)})"
        for line, name in imported(ast.parse(source), file)
        if layer.get(name, here + 1) > here
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_point_down_or_sideways(file: Path) -> None:
    assert upward(file, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import mscos.cli",
        "from mscos import cli",
        "from mscos.cli import main",
        "from ..cli import main",
        "from .. import cli",
        "from mscos.rules import RULES",
        "from mscos.nowhere import anything",
        "def late():\n    from mscos import conformance",
        "if TYPE_CHECKING:\n    from mscos.report import Report",
    ],
)
def test_an_import_that_points_up_would_be_noticed(source: str) -> None:
    assert len(upward(PACKAGE / "records/reading.py", source)) == 1


@pytest.mark.parametrize(
    "source", ["import json", "from mscos import errors", "from mscos.records import entries", "from . import entries"]
)
def test_an_import_that_points_down_or_sideways_is_left_alone(source: str) -> None:
    assert upward(PACKAGE / "records/reading.py", source) == []


def test_no_module_imports_names_from_the_table_of_contents() -> None:
    contents = import_module("mscos").__all__
    modules = set(layers())
    through_it = [
        f"{file.relative_to(PACKAGE).as_posix()}: {name}"
        for file in FILES
        for _, name in imported(ast.parse(file.read_text(encoding="utf-8")), file)
        if name in contents and name not in modules
    ]

    assert through_it == []


def run_on_import(node: ast.AST) -> Iterator[ast.AST]:
    """Walk through what runs when a module is imported: no function's body, nothing that is for checkers only."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            yield from (each for other in child.orelse for each in (other, *run_on_import(other)))
        elif not isinstance(child, ast.FunctionDef):
            yield from run_on_import(child)


def test_the_table_of_contents_imports_nothing_when_it_runs() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))

    found = [ast.unparse(node) for node in run_on_import(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "import json",
        "try:\n    import json\nfinally:\n    pass",
        "if TYPE_CHECKING:\n    pass\nelse:\n    import json",
        "if not TYPE_CHECKING:\n    import json",
    ],
)
def test_an_import_that_runs_would_be_noticed(source: str) -> None:
    assert any(isinstance(node, ast.Import) for node in run_on_import(ast.parse(source)))
