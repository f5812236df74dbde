#!/bin/sh
# install.sh VENV PYTHON REQUIREMENTS: make the environment and install the pinned, hashed requirements, then Terreau itself.
set -eu
venv=$1 python=$2 requirements=$3

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Terreau demande Python 3.11 ou plus récent / Terreau needs Python 3.11 or newer (found: $("$python" --version 2>&1))." >&2
  echo "Remède / remedy: make PYTHON=/chemin/vers/python3.11" >&2
  exit 1
}
if command -v uv >/dev/null 2>&1; then
  [ -x "$venv/bin/python" ] || uv venv --quiet --python "$python" "$venv"
  uv pip install --quiet --compile-bytecode --python "$venv/bin/python" --require-hashes -r "$requirements"
  uv pip install --quiet --python "$venv/bin/python" --no-deps -e .
else
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
fi
# Compiled once here: the first start does not wait for it, even where the environment forbids to keep what is compiled.
env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -m compileall -q -j 0 src
