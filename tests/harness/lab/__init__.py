"""Where a page runs: a throwaway Docker host, the registry that it pulls from, the terminals that are open on it."""
