"""How points of layers hang together: made by people, read only where something was shared."""
