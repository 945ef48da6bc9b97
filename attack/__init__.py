"""The attacker: collects every figure he can reach and tries to learn a count that rests on too few people.

It shares no code with the release but its one public door, so that it cannot share its mistakes. README.md tells
what counts as a finding and how to attack figures collected elsewhere.
"""
