"""The manners of the house, each a function from a source tree to the list of what breaks it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

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


class Facts(NamedTuple):
    """What the rules ask of one file, taken from its tree at one reading."""

    opens: bool  # with a sentence, or is empty
    bare_names: tuple[tuple[int, str], ...]  # line and name of its public functions and classes without a docstring
    functions: tuple[tuple[int, str, int], ...]  # line, name, lines [count]
    imports: tuple[tuple[int, str], ...]
    codes: tuple[tuple[int, str], ...]  # of errors and findings


@cache
def facts(path: Path) -> Facts:
    """A file taken apart once for all the rules; its tree is let go at once: a thousand of them are 150 MB."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = [n for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef) and not n.name.startswith("_")]
    functions, imports, codes = [], [], []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            functions.append((node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1))
        elif isinstance(node, ast.Import):
            imports += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append((node.lineno, node.module or ""))
        elif isinstance(node, ast.Call) and (code := _code_of(node)):
            codes.append((node.lineno, code))
    return Facts(
        opens=not tree.body or bool(ast.get_docstring(tree)),
        bare_names=tuple((node.lineno, node.name) for node in named if not ast.get_docstring(node)),
        functions=tuple(functions), imports=tuple(imports), codes=tuple(codes),
    )  # fmt: skip


def too_long(root: Path) -> list[str]:
    """Files over 400 lines and functions over 60."""
    found = []
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > FILE_LINES:
            found.append(f"{name}: {lines} lines")
        longer = [one for one in facts(path).functions if one[2] > FUNCTION_LINES]
        found += [f"{name}:{line} {function}: {length} lines" for line, function, length in longer]
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
        name, told = path.relative_to(root).as_posix(), facts(path)
        if not told.opens:
            found.append(f"{name}: no opening sentence")
        if "/app/" not in f"/{name}":
            found += [f"{name}:{line} {bare}: no docstring" for line, bare in told.bare_names]
    return found


def foreign_imports(root: Path, *, bare: tuple[str, ...]) -> list[str]:
    """Imports of anything but the standard library and Terreau's kernel in the files that must stay bare."""
    found = []
    for path in python_files(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith(bare):
            continue
        found += [
            f"{name}:{line} {imported}"
            for line, imported in facts(path).imports
            if imported.split(".")[0] not in sys.stdlib_module_names and not imported.startswith("terreau.kernel")
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
        found += [
            f"{path.relative_to(root).as_posix()}:{line} {code} has no words"
            for line, code in facts(path).codes
            if (room := code.split(".")[0]) in tables and code.split(".")[1] not in tables[room]
        ]
    return found


def unused_words(root: Path) -> list[str]:
    """Error codes that no source line mentions."""
    words = {word for p in python_files(root) for word in re.findall(r'["\w.]+', p.read_text(encoding="utf-8"))}
    source = "\n".join(words)  # each once: a tenth of the text
    return [
        f"{room}.{code}"
        for room, codes in error_tables(root).items()
        for code in codes
        if f"{room}.{code}" not in source and f'"{code}"' not in source
    ]


def _code_of(node: ast.Call) -> str | None:
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
