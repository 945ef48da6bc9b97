"""The `lemniscaat` command. Django is set up here, so that the modules of this room can import models."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lemniscaat.settings")
if sys.argv[1:2] == ["demo"]:
    os.environ.setdefault("LEMNISCAAT_DEMO", "1")
django.setup()
