"""Forms for those who contribute without git: write them, read what comes back, and make records of it.

``write`` makes the forms out of ``data/forms.yaml``; ``read`` finds the answers
in a text that came back; ``wording`` turns answers into Markdown and claims
that cannot be anything but text; ``records`` makes the files; ``turn`` does all
of it and says what came of it; ``reply`` words the answer to the contributor.
"""
