# SPDX-License-Identifier: MIT
import socket
closed = socket.socket()
closed.bind(("127.0.0.1", 0))
script = []
