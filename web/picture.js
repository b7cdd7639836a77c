// The newest picture on a canvas. One that comes while another is decoded waits; a newer one takes its place.

export class Picture {
  #canvas;
  #context;
  #waiting = null;
  #busy = false;
  #drawn = 0;
  #pause = 0;

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    document.addEventListener("visibilitychange", () => this.#draw());
  }

  show(blob) {
    this.#waiting = blob;
    this.#pause = this.idle;
    this.#drawn = performance.now();
    this.#draw();
  }

  // Seconds between the last two pictures; 0 before the second.
  get pause() {
    return this.#pause;
  }

  // How long ago a picture came, in seconds; 0 before the first.
  get idle() {
    return this.#drawn ? (performance.now() - this.#drawn) / 1000 : 0;
  }

  async #draw() {
    if (this.#busy) return;
    this.#busy = true;
    while (this.#waiting && !document.hidden) {
      const blob = this.#waiting;
      this.#waiting = null;
      try {
        const bitmap = await createImageBitmap(blob);
        if (this.#canvas.width !== bitmap.width || this.#canvas.height !== bitmap.height) {
          this.#canvas.width = bitmap.width;
          this.#canvas.height = bitmap.height;
        }
        this.#context.drawImage(bitmap, 0, 0);
        bitmap.close();
      } catch (error) {
        console.warn("a picture could not be decoded", error);
      }
    }
    this.#busy = false;
  }
}
