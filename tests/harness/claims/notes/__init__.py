"""Reads notes as people keep them: Markdown whose fences have commands and outputs in any form. Pure.

fences of a note     values      what a command leaves open (`<컨테이너 ID>`)
                     programs    what a command needs that this machine, or nobody's terminal here, has
                     lines       what a line is: a command at some prompt or at none, a comment, an output
                     samples     what of an output was printed, and what was said beside it
                     reading     a fence's lines -> its steps; an output in a fence of its own -> the step above it
                     shells      who types where: shells left open in containers, a second terminal
steps of the blocks  sessions    a block's steps -> a session of the project's form
"""
