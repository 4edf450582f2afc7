"""Checks that `make` does before it starts something, each with one clear line when it fails.

Standard library only, and a syntax that older versions of Python can read: it runs before anything
is installed, and tells people that their Python is too old.
"""

from __future__ import annotations

import errno
import socket
import sys

OLDEST_PYTHON = (3, 11)


def python_problem(version: tuple[int, int]) -> str | None:
    """What keeps this Python from making the environment, or None.

    Args:
        version: its major and minor version.
    """
    if version < OLDEST_PYTHON:
        wanted, found = (".".join(map(str, numbers)) for numbers in (OLDEST_PYTHON, version))
        return f"Seabelt needs Python {wanted} or newer, and this is {found}: `make PYTHON=...`."
    try:
        # Debian ships `venv` with Python itself, but the part that installs pip in a package apart.
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return "This Python cannot make virtual environments: `apt-get install python3-venv`."
    return None


def port_problem(address: str, port: str) -> str | None:
    """What keeps a server from listening at `address` and `port`, or None."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT is a number from 1 to 65535, not {port!r}."
    try:
        socket.create_server((address, int(port))).close()
    except PermissionError:
        return f"Port {port} is kept for the system: try `make run PORT={free_port()}`."
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            return f"ADDRESS is an address of this machine or 0.0.0.0, not {address!r}."
        return f"Port {port} is taken: stop what runs there, or `make run PORT={free_port()}`."
    return None


def free_port() -> int:
    """A port of this machine that nobody listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Run the check named by the arguments: `python`, or `port ADDRESS PORT`.

    Returns:
        The exit status: 0 if nothing stands in the way, otherwise 1, after one line on stderr.
    """
    check, *values = arguments
    problem = port_problem(*values) if check == "port" else python_problem(sys.version_info[:2])
    if problem:
        print(problem, file=sys.stderr)
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
