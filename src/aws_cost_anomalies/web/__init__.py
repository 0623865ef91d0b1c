"""The dashboard's door: answers a browser on this machine, and writes what people say of anomalies.

Knows addresses, headers and forms; whatever it shows is asked of the use cases, read from published versions
of the store, and laid out by `page`.
"""
