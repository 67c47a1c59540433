"""Runs anybody's notes as they are, in a lab, and says block by block what became of them; writes them as a page.

claims.notes      what a note says       -> steps, guesses, what is left open
notes.run         a note, a machine      -> the facts of its steps
notes.verdicts    facts                  -> a verdict for each block
notes.report      verdicts               -> words for the terminal (texts: Korean and English)
notes.writing     a note, its facts      -> a page and snippets of the project's form
"""
