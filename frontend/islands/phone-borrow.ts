// <phone-borrow> around a camera and a form: what the camera reads is put into the form and sent.
class PhoneBorrow extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("barcode-read", (event) => this.send((event as CustomEvent<string>).detail));
  }

  private send(code: string): void {
    const form = this.querySelector("form")!;
    form.querySelector<HTMLInputElement>("input[name=code]")!.value = code;
    form.requestSubmit();
  }
}

customElements.define("phone-borrow", PhoneBorrow);
