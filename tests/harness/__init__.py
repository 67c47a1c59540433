"""The harness: runs the pages' sessions on real Docker engines, and says whether the pages still tell the truth.

From the bottom up; a wing imports only what stands above it here (tests/unit/test_layers.py):

    project       the project's folders, and how a file is written
    output        the standard output, also where nobody reads it any more
    faults        what keeps a step from being judged -> sentences, and back
    claims/       what a page says: its text -> blocks -> sessions -> steps -> commands
    shapes/       whether it is the same: sample + actual -> differences
    lab/          where it runs: engines, a throwaway Docker host, the registry it pulls from, a shell on a terminal
    evidence/     what was seen: outcomes and outputs -> JSON, recordings; and back
    hanging       the steps that failed -> which later ones hang on them
    judge         what a terminal gave for a step -> whether it is as its page shows it
    rewrite       samples that no longer fit -> new ones, when recording
    causes        an error of any kind -> why a step could not be judged
    executor      a step on its page's machine -> passed, differs or broken
    steps         the steps of a page -> their facts, until one ends it
    runner        one page on one engine: where all of these meet
    report        an outcome -> words, counts, the exit status
    stale         a page that a reader takes for stale -> the issue that says so
    options       pytest's command line -> what is asked of a run
    reader_report a run on the reader's own release -> what is pasted into that issue
    items         a page -> pytest's items
    notes/        anybody's notes, as they are -> a verdict for each block, a page
    plugin        the pytest edge: the hooks
    night/        what has changed since last night, since when, and by which cause
    bisection/    which version was the first to print an example as it is printed now
    site/         what readers get: evidence -> proofs, fences, lists, search
    serve/        what was saved -> the site in an open browser, and what the page comes to

claims, shapes and evidence know neither Docker nor pytest. A step comes out as passed, differs (drift), broken (could
not be judged), blocked or unchecked; what could not be judged is never drift.
"""
