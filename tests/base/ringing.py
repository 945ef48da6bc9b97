"""The real server in a process of its own, with one page in place of the product's: `POST /number/name` rings.

`python -m tests.base.ringing PORT`, with the environment of the product.
"""

import sys

import lemniscaat.cli  # noqa: F401 - sets Django up
from lemniscaat import server
from lemniscaat.base.bell import ring
from lemniscaat.base.writing import writing

TOPIC = "gesprek 12"


def page(environ, start_response):
    """Ring inside a transaction, as an action does."""
    if environ["REQUEST_METHOD"] == "POST":
        _, number, name = environ["PATH_INFO"].split("/")
        with writing():
            ring(TOPIC, int(number), name)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


if __name__ == "__main__":
    server.get_wsgi_application = lambda: page
    server.serve("127.0.0.1", int(sys.argv[1]))
