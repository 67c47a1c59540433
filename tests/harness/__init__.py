"""The harness: turns pages into sessions, runs them in labs, compares shapes and writes evidence."""
