# strict.py CA PORT NAME: a handshake as Python 3.13 makes it by default (bpo 107361).
import socket
import ssl
import sys

authority, port, name = sys.argv[1:]
context = ssl.create_default_context(cafile=authority)
context.verify_flags |= ssl.VERIFY_X509_STRICT
with socket.create_connection(("127.0.0.1", int(port)), timeout=30) as plain:
    context.wrap_socket(plain, server_hostname=name).close()
