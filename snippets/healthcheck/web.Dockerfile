FROM nginx
HEALTHCHECK --interval=10s --timeout=3s CMD curl -fsS http://localhost/ || exit 1
