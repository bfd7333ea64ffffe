"""Mend what is mechanical in a file, and nothing that has a meaning.

``form`` mends the bytes, ``quotes`` the quotation marks, ``slips`` the names,
dates and tags that the check would refuse, ``order`` the order of the fields;
``command`` does all of it to the files and shows what it did. Each works on
the text, so notes to other editors stay, and each leaves a text alone that it
has mended before.
"""
