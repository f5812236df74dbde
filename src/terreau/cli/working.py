"""One more worker for long work, by hand or as a service. Django is imported here, late."""

import argparse


def worker(options: argparse.Namespace) -> int:
    """Take long work from the queue until Ctrl+C; as many as one likes, on any machine that sees the same data."""
    from terreau.app import server

    return server.work(language=options.lang)
