"""Marks for a class: submissions are read without being run, and functions run in a process that has no grader in it.

`submissions` finds the answers in a notebook or a Markdown file; `student` is the script of the process in which a student's
functions run, and `apart` talks to it; `template` makes the notebook of an assignment; `command` is w2v-grade. Right numbers
never enter the student's process, and only numbers come out of it.
"""
