"""Moments of deciding on a criterion: is what we know rich enough, and what did it rest on?"""
