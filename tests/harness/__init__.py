"""The harness: runs the pages' sessions on real Docker engines, and says whether the pages still tell the truth.

    markdown   a Markdown text -> its fences
    pages      a page -> its blocks in reading order
    sessions   a snippet's text -> steps: prompt, command, sample
    engine     finds or starts the engine that labs run on; outer/ has its parts
    engines    the Docker versions that pages can be checked on;  newest  chooses the newest that can be had
    mirror     the registry that labs take for Docker Hub;  standins  what it has where Docker Hub isn't reached
    labs       a throwaway Docker host for one page
    terminal   a shell on a terminal in a lab: commands in, what the screen shows out
    machine    the reader's: a lab and the terminals that are open on it
    course     one machine for all pages: what each leaves, and who left what in whose way
    shapes     sample + actual -> differences; shape/ has its parts
    runner     one page on one engine: where all of these meet
    record     new samples -> the files that show them
    evidence   what was seen -> JSON, recordings; and back
    report     an outcome -> words, counts, the exit status
    plugin     the pytest edge
    proofs     evidence -> what it proves of a text; for the Markdown edge:
    fences     a console fence -> HTML with its proof;  status  a status fence -> all examples on all engines

A module imports only from below it (tests/unit/test_layers.py). pages, sessions, shapes and evidence are pure: no
Docker, no pytest. A step comes out as passed, differs (drift), broken (could not be judged), blocked or unchecked;
what could not be judged is never drift.
"""
