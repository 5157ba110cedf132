// <phone-borrow> around a camera and a form: what the camera reads is put into the form and sent. The camera goes on seeing the same book
// until the answer is there; it is not sent again meanwhile, or a slow answer would never come.
const SAME_AGAIN_AFTER = 20_000;

class PhoneBorrow extends HTMLElement {
  private sent = { code: "", at: Number.NEGATIVE_INFINITY };

  connectedCallback(): void {
    this.addEventListener("barcode-read", (event) => this.send((event as CustomEvent<string>).detail));
  }

  private send(code: string): void {
    const at = performance.now();
    if (code === this.sent.code && at - this.sent.at < SAME_AGAIN_AFTER) return;
    this.sent = { code, at };
    const form = this.querySelector("form")!;
    form.querySelector<HTMLInputElement>("input[name=code]")!.value = code;
    form.requestSubmit();
  }
}

customElements.define("phone-borrow", PhoneBorrow);
