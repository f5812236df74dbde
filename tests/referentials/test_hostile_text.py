"""YAML and Markdown made to break or to stall a reader: read, or refused in words, and soon."""

import time

import pytest

from terreau.referentials.official_json import plain, plain_html
from terreau.referentials.yaml_reading import parse_yaml

TAGGED = ["!!bool foo", '!!int ""', '!!int "x"', '!!float ""', "!!timestamp foo", "!!map x"]
ENDLESS = ["1:" * 300 + "1.0", "1" + ":59" * 5_000, "9" * 5_000, "0x" + "f" * 5_000, "0b" + "1" * 20_000, "1" + "0" * 400 + ".0"]  # fmt: skip


@pytest.mark.parametrize("written", [*TAGGED, *ENDLESS], ids=lambda text: text[:14])
def test_a_value_that_is_not_what_it_says_is_read_as_text(written):
    value = parse_yaml(f"a: {written}", "x.yaml")["a"]
    assert value == {} or isinstance(value, str)
    assert len(f"{value}") <= len(written), "it can be told in a refusal"


def test_numbers_of_a_human_length_stay_numbers():
    read = parse_yaml("{a: 12, b: 1.5, c: 1_000, d: 2026-11-21, e: true, f: 1:30}", "x.yaml")
    assert (read["a"], read["b"], read["c"], read["e"], read["f"]) == (12, 1.5, 1000, True, 90)


@pytest.mark.parametrize("sign", ["[](#", "[](http://", "<a ", "[", "**", "&#"])
def test_a_text_of_broken_links_is_read_in_no_time(sign):
    began = time.process_time()
    for read in (plain, plain_html):
        read(sign * (150_000 // len(sign)))
    assert time.process_time() - began < 30  # read again from each sign, it would be minutes
