// <print-button>: the button within opens the browser's print window; with `at-once`, so does arriving on the page.

class PrintButton extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => window.print());
    if (this.hasAttribute("at-once")) window.addEventListener("load", () => window.print(), { once: true });
  }
}

customElements.define("print-button", PrintButton);
