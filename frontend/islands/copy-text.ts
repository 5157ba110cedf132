// <copy-text text="…"> or <copy-text from="id">: a button that puts the text on the clipboard. Hidden where there is no clipboard.
export class CopyText extends HTMLElement {
  connectedCallback(): void {
    if (!navigator.clipboard) return;
    this.hidden = false;
    this.tabIndex = 0;
    this.setAttribute("role", "button");
    this.addEventListener("click", () => void this.copy());
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      void this.copy();
    });
  }

  /** What is to be copied: the text given, else that of the element named. */
  get text(): string {
    const from = this.getAttribute("from");
    return this.getAttribute("text") ?? (from ? (document.getElementById(from)?.textContent ?? "") : "");
  }

  private async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.text);
    const label = this.querySelector("span");
    if (!label) return;
    const before = label.textContent;
    label.setAttribute("role", "status");
    label.textContent = this.getAttribute("done");
    setTimeout(() => (label.textContent = before), 2500);
  }
}

customElements.define("copy-text", CopyText);
