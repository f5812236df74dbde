"""The one console command, ``terreau``: parses words, calls downstairs, says what happened.

Exit codes: 0 done, 1 done with doubtful or rejected lines, 2 unusable input, 3 our fault.
Each command imports what it needs when it runs, so that ``--help`` stays instant.
"""

import gc
import os
import sys
from collections.abc import Sequence

DONE, DONE_WITH_DOUBTS, UNUSABLE, OUR_FAULT = 0, 1, 2, 3
SELDOM = (50_000, 20, 20)
"""When cycles are looked for (700 objects by default): a start makes hundreds of thousands of objects that all stay."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a person never sees a traceback."""
    from terreau.cli.grammar import parse

    gc.set_threshold(*SELDOM)
    # NumPy's algebra starts threads that wait busily: a tenth of a second of processor, for products of small tables.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _speak_utf8()
    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print(
            _say(options.lang, "Interrompu : rien n'a été écrit à moitié.", "Interrupted: nothing was half-written."),
            file=sys.stderr,
        )
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except Exception as trouble:
        return _refuse(trouble, options.lang)


def _refuse(trouble: Exception, language: str) -> int:
    from terreau.cli.machine import refusal_of
    from terreau.kernel.errors import TerreauError

    trouble = refusal_of(trouble) or trouble
    if isinstance(trouble, TerreauError):
        words = trouble.words(language)
        remedy = _say(language, "Remède :", "Remedy:")
        print(f"terreau: {words.what}\n  {words.why}\n  {remedy} {words.remedy}", file=sys.stderr)
        return OUR_FAULT if trouble.code.startswith("cli.our_fault") else UNUSABLE
    return _our_fault(trouble, language)


def _our_fault(trouble: Exception, language: str) -> int:
    """Something we did not foresee: its traceback goes to a file one can send, not to the person's screen."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="terreau-", suffix=".log", delete=False, encoding="utf-8") as log:
        traceback.print_exception(trouble, file=log)
    print(
        _say(
            language,
            f"terreau: erreur de notre fait ({type(trouble).__name__}). Vos fichiers sont intacts.\n  Remède : joignez {log.name} à votre signalement.",
            f"terreau: our own fault ({type(trouble).__name__}). Your files are untouched.\n  Remedy: send {log.name} with your report.",
        ),
        file=sys.stderr,
    )
    return OUR_FAULT


def _say(language: str, french: str, english: str) -> str:
    return english if language == "en" else french


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
