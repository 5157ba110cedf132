// <shortcut-keys>: presses what carries `data-key` when its key is struck. Escape first empties the field it is struck in.

class ShortcutKeys extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    if (target === null) return;
    event.preventDefault();
    const field = document.activeElement;
    if (event.key === "Escape" && field instanceof HTMLInputElement && field.type === "text" && field.value !== "") field.value = "";
    else target.click();
  };
}

customElements.define("shortcut-keys", ShortcutKeys);
