"""The manners of the house, each a function from a source tree to the list of what breaks it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
FILE_LINES, FUNCTION_LINES = 400, 60
DRAWERS = {"utils", "util", "services", "manager", "managers", "helpers", "common", "misc"}
CODE = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z0-9]+(?:_[a-z0-9]+)*")


def python_files(root: Path) -> Iterator[Path]:
    """Every Python file of ours: no migration, no hidden folder."""
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        if "migrations" not in parts and not any(part.startswith(".") for part in parts):
            yield path


@cache
def parsed(path: Path) -> tuple[ast.Module, tuple[ast.AST, ...]]:
    """A file taken apart once for all the rules: its tree, and every node of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree, tuple(ast.walk(tree))


def too_long(root: Path) -> list[str]:
    """Files over 400 lines and functions over 60."""
    found = []
    for path in python_files(root):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        if (lines := text.count("\n")) > FILE_LINES:
            found.append(f"{name}: {lines} lines")
        for node in parsed(path)[1]:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    found.append(f"{name}:{node.lineno} {node.name}: {length} lines")
    return found


def drawers(root: Path) -> list[str]:
    """Modules and packages whose name says nothing."""
    return [
        p.relative_to(root).as_posix()
        for p in python_files(root)
        if DRAWERS & {*p.relative_to(root).parts[:-1], p.stem}
    ]


def undocumented(root: Path) -> list[str]:
    """Modules without their opening sentence, and public functions or classes of the rooms without a docstring."""
    found = []
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        tree, _ = parsed(path)
        if tree.body and not ast.get_docstring(tree):
            found.append(f"{name}: no opening sentence")
        if "/app/" in f"/{name}":
            continue
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                found.append(f"{name}:{node.lineno} {node.name}: no docstring")  # type: ignore[attr-defined]
    return found


def foreign_imports(root: Path, *, bare: tuple[str, ...]) -> list[str]:
    """Imports of anything but the standard library and Terreau's kernel in the files that must stay bare."""
    found = []
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith(bare):
            continue
        for node in parsed(path)[1]:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [
                f"{name}:{node.lineno} {n}"  # type: ignore[attr-defined]
                for n in names
                if n.split(".")[0] not in sys.stdlib_module_names and not n.startswith("terreau.kernel")
            ]
    return found


def error_tables(root: Path) -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Room -> code -> language -> words, from every errors.toml of ``root``."""
    return {p.parent.name: tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(root.rglob("errors.toml"))}


def unworded(root: Path) -> list[str]:
    """Codes used in the source without words, and words without both languages or without a remedy."""
    tables = error_tables(root)
    found = [
        f"{room}.{code} [{language}] lacks {part}"
        for room, codes in tables.items()
        for code, languages in codes.items()
        for language in ("fr", "en")
        for part in ("what", "why", "remedy")
        if not languages.get(language, {}).get(part, "").strip()
    ]
    for path in python_files(root):
        for node in parsed(path)[1]:
            code = _code_of(node)
            if code and (room := code.split(".")[0]) in tables and code.split(".")[1] not in tables[room]:
                found.append(f"{path.relative_to(root).as_posix()}:{node.lineno} {code} has no words")  # type: ignore[attr-defined]
    return found


def unused_words(root: Path) -> list[str]:
    """Error codes that no source line mentions."""
    source = "\n".join(p.read_text(encoding="utf-8") for p in python_files(root))
    return [
        f"{room}.{code}"
        for room, codes in error_tables(root).items()
        for code in codes
        if f"{room}.{code}" not in source and f'"{code}"' not in source
    ]


def _code_of(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name not in {"TerreauError", "Finding"}:
        return None
    values = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "code")]
    texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
    return next((t for t in texts if CODE.fullmatch(t)), None)


def without_papers(root: Path) -> list[str]:
    """Data files (CSV, JSON, YAML) of the package in a folder that says neither origin nor licence."""
    found = []
    for path in sorted(p for kind in ("csv", "json", "yaml") for p in root.rglob(f"*.{kind}")):
        papers = [path.parent / name for name in ("pack.toml", "papers.toml", "README.md")]
        text = next((p.read_text(encoding="utf-8").lower() for p in papers if p.exists()), "")
        if "licen" not in text or not re.search(r"\d{4}-\d\d-\d\d", text):
            found.append(path.relative_to(root).as_posix())
    return found


def unused_templates(root: Path) -> list[str]:
    """Templates that no view, template or setting names (sign-in templates are named by the sign-in library)."""
    templates = [p for p in root.rglob("templates/**/*.*") if p.is_file()]
    text = "\n".join(p.read_text(encoding="utf-8") for p in [*python_files(root), *templates])
    known_elsewhere = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html"}
    found = []
    for path in templates:
        name = path.as_posix().split("/templates/", 1)[1]
        library = name.split("/")[0] in {"account", "allauth", "mfa", "socialaccount", "usersessions", "registration"}
        if not library and name not in known_elsewhere and f'"{name}"' not in text and f"'{name}'" not in text:
            found.append(path.relative_to(root).as_posix())
    return found


def strange_addresses(text: str) -> list[str]:
    """Registry addresses and paths of one machine, that must not be in the repository."""
    patterns = (
        r"--(?:extra-)?index-url[= ]\S+",
        r"https?://\S*/simple\b",
        r'"resolved": "http',
        r"(?<![\w.])/(?:home|Users)/\w+/",
        re.escape(f"{REPO}/"),
    )
    return [m.group(0) for pattern in patterns for m in re.finditer(pattern, text)]
