"""What was seen: outcomes, outputs and recordings, as files and as what people read of them. No Docker, no pytest.

facts (a page's run, typed both ways), summary (a whole run), recordings (asciicast), files (where all of them stand),
room (whether they can be written), differences (what a report shows of a step that differs).
"""
