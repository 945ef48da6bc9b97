"""Pages with every component, to look at: `python -m tests.base.stylepage OUT` writes them with their static files."""
