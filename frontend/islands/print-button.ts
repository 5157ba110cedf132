// <print-button>: the button within opens the browser's print window; with `at-once`, so does arriving on the page. A slip for the roll is
// printed on paper as long as the slip.

const MILLIMETRES = 25.4 / 96;

class PrintButton extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => window.print());
    window.addEventListener("beforeprint", cutRoll);
    if (this.hasAttribute("at-once")) window.addEventListener("load", () => window.print(), { once: true });
  }
}

/** Style sheets cannot say "as long as it is": without this, the printer feeds and cuts a whole page. */
function cutRoll(): void {
  const slip = document.querySelector(".paper-roll");
  if (slip === null) return;
  const length = Math.ceil(slip.getBoundingClientRect().height * MILLIMETRES);
  const paper = new CSSStyleSheet();
  paper.replaceSync(`@page roll { size: 80mm ${length}mm; margin: 3mm; }`);
  document.adoptedStyleSheets = [paper];
}

customElements.define("print-button", PrintButton);
