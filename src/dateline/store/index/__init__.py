"""The index of a project for people who look for something: a file of its own, made from the project.

It holds nothing that the project does not hold: it can be deleted at any time, and is then made again.
"""
