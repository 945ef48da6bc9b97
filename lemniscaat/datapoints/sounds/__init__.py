"""Of a recording only the sound: what a phone or a program wrote beside it is taken out.

Nothing is coded anew. In files that point at themselves (WebM, MP4, Ogg) what goes is blanked in its place, so that all
that stays keeps its length and position; files that are a row of pieces (WAV, MP3, AAC) are put together again. Each
kind has a list of what sound needs, and whatever is not on it goes: also what nobody thought of.
"""
