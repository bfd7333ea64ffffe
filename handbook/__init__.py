"""The transfer handbook's own machinery: load, check, relate, render, export.

Nothing in this package imports MkDocs, so every part can be used and tested
from a plain Python prompt. ``macros.py`` at the top of the repository is the
only place where the site builder and this package meet.
"""
