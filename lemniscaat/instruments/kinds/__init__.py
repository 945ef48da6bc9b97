"""One item kind, one file. A new kind is one module here with a `KIND`, and its two templates."""
