"""What answers a reader who types a lesson's commands: a script for each lesson, for docs/assets/practice/.

scripts                    all of them, and the button that opens one
run, pace                  the run that answers, with its ids; how fast its lines came
steps, mistakes            what is typed on a page; what the guide has of errors
option_names               of what is typed: short options' long names
"""
