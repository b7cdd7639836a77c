// The WebSocket to the program: opened again, after growing pauses, when it is lost.

const pauses = [1, 2, 4, 8, 15];  // seconds
const silence = 10000;  // milliseconds: the program sends figures ten times a second, also while it is paused

export class Connection {
  #socket = null;
  #failures = 0;
  #timer = 0;
  #heard = 0;
  #listener;

  // listener: picture(blob), figures(object), state("open" | "lost" | "ended", text)
  constructor(listener) {
    this.#listener = listener;
    setInterval(() => this.#checkSilence(), 1000);
    this.open();
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  send(command) {
    if (this.isOpen) this.#socket.send(JSON.stringify({command}));
  }

  // At once, whatever pause there is.
  open() {
    clearTimeout(this.#timer);
    this.#drop();
    const address = new URL("live", location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    address.search = "";
    const socket = new WebSocket(address);
    this.#socket = socket;
    this.#heard = performance.now();
    socket.onopen = () => this.#listener.state("open", "");
    socket.onmessage = (event) => this.#take(event.data);
    socket.onclose = () => this.#lost();
  }

  #take(data) {
    this.#heard = performance.now();
    this.#failures = 0;
    if (data instanceof Blob) {
      this.#listener.picture(data);
      return;
    }
    const message = JSON.parse(data);
    if (message.ways) {
      this.#listener.figures(message);
    } else if (message.ended) {
      this.#drop();
      this.#listener.state("ended", message.message);
    }
  }

  #lost() {
    this.#drop();
    const pause = pauses[Math.min(this.#failures++, pauses.length - 1)];
    this.#timer = setTimeout(() => this.open(), pause * 1000);
    this.#listener.state("lost", `Trying again in ${pause} s.`);
  }

  #drop() {
    if (!this.#socket) return;
    this.#socket.onopen = this.#socket.onmessage = this.#socket.onclose = null;
    this.#socket.close();
    this.#socket = null;
  }

  #checkSilence() {
    if (this.#socket && performance.now() - this.#heard > silence) this.#lost();
  }
}
