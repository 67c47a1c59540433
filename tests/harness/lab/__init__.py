"""Where a page runs: a throwaway Docker host, the registry that it pulls from, the terminals that are open on it.

host          what a page needs of a machine: Host, Shell (protocols)
engines       tests/labs/engines.toml -> the engines that are declared
outer/        the engine that labs run on
newest        which engines a run is on; lab_images: the images that their labs start from
mirror        the registry of a run: registry (its container), hub (a cache of Docker Hub), standins and packing
labs          a lab: a Host that is a container; inventory: what is on it; bounds: what it may have
terminal      a Shell behind a socket: follower (a command's end), recorder (what came and when), screen and cells
              (what it shows), shell (its size)
machine       the machine of a page: its host and its terminals; course: of several pages
supply        the machines of a run's pages, and what they share; removals: their labs' end
"""
