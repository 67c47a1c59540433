import http.server

print("notes on port 7000")
http.server.HTTPServer(("", 7000), http.server.SimpleHTTPRequestHandler).serve_forever()
