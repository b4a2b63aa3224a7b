"""The address of a desk never holds a password."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressdesk.base.address import Server, address, is_server, split
from pressdesk.base.errors import BadInput


@pytest.mark.parametrize(
    ("typed", "kept", "secret"),
    [
        ("postgresql://h/d", "postgresql://h/d", None),
        ("postgresql+psycopg://maria:p%40ss@h:5433/d", "postgresql://maria@h:5433/d", "p@ss"),
        ("postgres://maria:a:b@h/d", "postgresql://maria@h/d", "a:b"),
        ("postgresql://ma%40x:@h/d", "postgresql://ma%40x@h/d", ""),
        ("postgresql:///d?host=/run/pg", "postgresql:///d?host=/run/pg", None),
        ("postgresql://u:s@/d?host=/run/pg", "postgresql://u@/d?host=/run/pg", "s"),
        ("postgresql://h/d?password=s&user=u", "postgresql://h/d?user=u", "s"),
        (
            "POSTGRESQL://h/d?sslpassword=s&sslmode=require",
            "postgresql://h/d?sslmode=require",
            None,
        ),
        ("postgresql://[::1]:5433/d", "postgresql://[::1]:5433/d", None),
    ],
)
def test_a_password_is_parted_from_the_address(typed: str, kept: str, secret: str | None) -> None:
    assert split(typed) == (Server(kept), secret)
    assert split(kept) == (Server(kept), None)
    assert address(typed) == Server(kept)


@pytest.mark.parametrize("bad", ["postgresql://h:port/d", "postgresql://[::1/d", "mysql://h/d", ""])
def test_what_is_no_address_is_refused_without_repeating_it(bad: str) -> None:
    with pytest.raises(BadInput) as met:
        split(bad)
    assert not bad or bad not in str(met.value)


def test_a_path_stays_a_path() -> None:
    assert address("postgresql/desk.pressdesk") == Path("postgresql/desk.pressdesk")
    assert not is_server("C:\\desk.pressdesk") and not is_server("postgresql:desk")


def test_a_desk_is_called_by_its_database() -> None:
    assert split("postgresql://u:s@h/press%20desk")[0].name == "press desk"
    assert split("postgresql://maria%40x@h/d")[0].user == "maria@x"
