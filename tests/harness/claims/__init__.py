"""What a page says: its text becomes blocks, sessions and steps, each with its commands. No Docker, no pytest.

front_matter, markdown, headings, fences    reads a Markdown text
settings, snippets, pages, navigation       a page, its blocks, the files that it shows, its place in the site
page_files, problems                        the texts of those files; what is wrong in them
sessions, prompts, record                   a console snippet's steps, read and written; terminals: over a page
python_blocks                               the lines of a block at Python's prompt
answers, questions                          what a program asks, and what the reader types then
words, shell, options, commands             a typed line, parsed
glossary, arguments                         the guide's terms; the pages that a command line names
"""
