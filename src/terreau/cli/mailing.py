"""Trying the mail server, and reminding people by it. Django is imported here, late."""

import argparse

from terreau.cli.writing import say


def test(options: argparse.Namespace) -> int:
    """Send one letter to an address, and say which server took it."""
    from terreau.app import mailing

    server = mailing.send_a_trial(options.address, options.lang)
    print(say(options.lang, f"Message remis à {server} pour {options.address} : regardez s'il arrive.",
              f"Letter handed to {server} for {options.address}: see whether it arrives."))  # fmt: skip
    return 0


def remind(options: argparse.Namespace) -> int:
    """Write once to everyone whose answers are due within a week or late, then the weekly letters: made for a nightly timer."""
    from terreau.app import reminding

    if options.show:
        for letter in reminding.letters():
            print(f"{letter}\n")
        return 0
    done = reminding.remind_all(options.lang)
    print(say(options.lang, f"{done} courriels et rappels envoyés.", f"{done} letters and reminders sent."))
    return 0
