// <shortcut-keys>: presses what carries `data-key` when its key is struck. Escape first empties the field it is struck in. A letter struck
// in a field belongs to the field.

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
    const field = document.activeElement;
    if (target === null || (event.key.length === 1 && isField(field))) return;
    event.preventDefault();
    if (event.key === "Escape" && field instanceof HTMLInputElement && field.type === "text" && field.value !== "") field.value = "";
    else target.click();
  };
}

const isField = (element: Element | null): boolean => element?.matches("input:not([type=checkbox], [type=radio]), textarea, select") === true;

customElements.define("shortcut-keys", ShortcutKeys);
