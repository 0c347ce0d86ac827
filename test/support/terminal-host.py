"""Runs a command in a pseudo-terminal. Orders come as lines of JSON on stdin, what it writes goes to stdout, news go to stderr as lines of JSON."""
import fcntl, json, os, pty, select, signal, struct, sys, termios


def tell(**news):
    os.write(2, (json.dumps(news) + "\n").encode())


columns, rows, *command = sys.argv[1:]
master, slave = pty.openpty()


def resize(columns, rows):
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", int(rows), int(columns), 0, 0))


resize(columns, rows)
before = termios.tcgetattr(slave)
pid = os.fork()
if pid == 0:
    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for number in range(3):
        os.dup2(slave, number)
    os.closerange(3, 64)
    os.execvp(command[0], command)

tell(pid=pid)
orders = b""
sources = [master, 0]
ended = None
while True:
    readable, _, _ = select.select(sources, [], [], 0.02)
    if master in readable:
        os.write(1, os.read(master, 65536))
        continue
    if 0 in readable:
        piece = os.read(0, 65536)
        if not piece:
            sources.remove(0)
        orders += piece
        *whole, orders = orders.split(b"\n")
        for order in map(json.loads, whole):
            if "keys" in order:
                os.write(master, order["keys"].encode())
            if "size" in order:
                resize(*order["size"])
            if "signal" in order:
                os.kill(pid, getattr(signal, order["signal"]))
            if "hangup" in order:
                os.close(slave)
                os.close(master)
                slave = None
                sources.remove(master)
    if ended is not None:
        tell(exit=ended)
        break
    known, status = os.waitpid(pid, os.WNOHANG | os.WUNTRACED)
    if known == 0:
        continue
    same = slave is not None and termios.tcgetattr(slave) == before
    if os.WIFSTOPPED(status):
        tell(stopped=True, restored=same)
    else:
        tell(restored=same)
        # What it wrote last is read before.
        ended = os.waitstatus_to_exitcode(status)
