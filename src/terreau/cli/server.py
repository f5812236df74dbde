"""Commands that need the database: serve, demo, user link, journal verify. Django is imported here, late."""

import argparse


def demo(options: argparse.Namespace) -> int:
    """Open Terreau on its example organisations, on loopback only."""
    from terreau.app import server

    return server.demo(port=options.port, browser=not options.no_browser, language=options.lang) or 0


def serve(options: argparse.Namespace) -> int:
    """Open Terreau on one's own data."""
    from terreau.app import server

    return server.serve(host=options.host, port=options.port, language=options.lang) or 0


def prepare(options: argparse.Namespace) -> int:
    """Make or migrate the database and stop."""
    from terreau.app import server

    return server.prepare(language=options.lang) or 0


def user_link(options: argparse.Namespace) -> int:
    """Print a link by which a person chooses a new password (no mail server needed)."""
    from terreau.app import server

    return server.user_link(options.email, language=options.lang) or 0


def journal_verify(options: argparse.Namespace) -> int:
    """Verify every organisation's chain, or the one of an exported FILE; 2 when one is broken."""
    if options.file:
        from terreau.cli import keeping

        return keeping.verify(options)
    from terreau.app import server

    return server.journal_verify(language=options.lang) or 0
