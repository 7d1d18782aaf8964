"""Brings a finished release to where readers are: a folder, an object store, a git branch.

Every place promises the same. What a new page needs is there before the page; a guard that refuses has changed nothing; a failure
says what readers see now, and running it again goes on from there.
"""
