"""The address of a desk: a file path, or the URL of a PostgreSQL server, without a password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pressdesk.base.errors import BadInput
from pressdesk.base.i18n import _

_SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
_SECRET = ("password", "sslpassword")


@dataclass(frozen=True, slots=True)
class Server:
    """A desk on a server. What is kept here may be shown, stored and logged."""

    url: str
    """``postgresql://user@host:port/database``, as libpq reads it."""

    def __str__(self) -> str:
        return self.url

    @property
    def name(self) -> str:
        """The name of the database, as a window would show it."""
        return self.database or self.url

    @property
    def stem(self) -> str:
        """The same: nothing is cut off it."""
        return self.name

    @property
    def user(self) -> str:
        """Who asks the server, "" when libpq decides."""
        return unquote(urlsplit(self.url).username or "")

    @property
    def host(self) -> str:
        """The machine and its port, as a person would name it; "" for this very machine."""
        return unquote(urlsplit(self.url).netloc.rpartition("@")[2])

    @property
    def database(self) -> str:
        """What the desk is called on its server, "" when libpq decides."""
        return unquote(urlsplit(self.url).path.strip("/"))

    def as_user(self, user: str) -> Server:
        """The same desk for another person; "" leaves it to libpq."""
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        name = quote(user, safe="") + "@" if user else ""
        tail = f"?{parts.query}" if parts.query else ""
        return Server(f"postgresql://{name}{host}{parts.path}{tail}")


Address = Path | Server


def is_server(text: str) -> bool:
    """True for the URL of a server, False for what can only be a path."""
    return text.partition("://")[0].lower() in _SCHEMES and "://" in text


def address(text: str) -> Address:
    """What a person typed or a settings file holds; a password in it is left out."""
    return split(text)[0] if is_server(text) else Path(text)


def settled(place: Address) -> str:
    """The address as remembered: an absolute path or URL without a password."""
    return str(place.resolve()) if isinstance(place, Path) else place.url


def split(text: str) -> tuple[Server, str | None]:
    """The server of a URL and, apart from it, the password the URL held.

    raises  BadInput when it is no URL of a PostgreSQL server
    """
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - it is checked by being read
    except ValueError as error:
        raise _bad() from error
    if parts.scheme.lower() not in _SCHEMES or "://" not in text:
        raise _bad()
    query = parse_qsl(parts.query, keep_blank_values=True)
    secret = [value for name, value in query if name == "password"]
    if parts.password is not None:
        secret.append(unquote(parts.password))
    open_ = urlencode([(n, v) for n, v in query if n not in _SECRET], quote_via=quote, safe="/")
    host = parts.netloc.rpartition("@")[2]
    user = quote(unquote(parts.username), safe="") + "@" if parts.username else ""
    bare = f"postgresql://{user}{host}{parts.path}" + (f"?{open_}" if open_ else "")
    return Server(bare), secret[-1] if secret else None


def named(host: str, database: str, user: str = "", options: str = "") -> Server:
    """A desk on a server from what a person types: server and name.

    host      "press.example.org" or "press.example.org:5433"; "" is this very machine, and so
              is the folder of its sockets
    options   what follows the "?" of an address; what is said here goes before it
    raises    BadInput when one of them cannot be what it should
    """
    if not database or "://" in database + user or not (host + database + user).isprintable():
        raise _bad()
    if host.startswith("/"):
        host = quote(host, safe="")
    elif set(host) & set(" /@?#%"):
        raise _bad()
    who = quote(user, safe="") + "@" if user else ""
    said = {"dbname", "user"} if user else {"dbname"}
    more = [(name, value) for name, value in parse_qsl(options) if name not in said]
    tail = "?" + urlencode(more, quote_via=quote, safe="/") if more else ""
    return split(f"postgresql://{who}{host}/{quote(database, safe='')}{tail}")[0]


def _bad() -> BadInput:
    # Without the text itself: it may hold a password.
    what = _("This is not the address of a desk on a server.")
    return BadInput(what, hint=_("Use the form postgresql://name@host/database."))
