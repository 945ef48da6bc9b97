"""One point of an agenda: taken up, brought nearer by steps, looked at, asked again."""
