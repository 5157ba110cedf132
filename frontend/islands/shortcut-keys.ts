// <shortcut-keys>: presses what carries `data-key` when its key is struck. A letter struck in a field belongs to the field, Escape to what
// lies open over the page. What was typed is never lost to Escape: in the box for scans it stays, chosen, so that the next scan takes its
// place; out of another field the first Escape leads only back to that box.

class ShortcutKeys extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.onKey);
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`);
    const field = document.activeElement;
    if (target === null || (event.key.length === 1 && isField(field))) return;
    if (event.key === "Escape" && document.querySelector(OPEN) !== null) return;
    event.preventDefault();
    if (event.key === "Escape" && isWritten(field) && !stays(field)) return;
    pressOnceSettled(target);
  };
}

/** An answer that just came in is known to htmx a moment later; what is pressed before would leave the page. */
function pressOnceSettled(target: HTMLElement): void {
  if (target.closest(".htmx-settling") === null) target.click();
  else document.body.addEventListener("htmx:afterSettle", () => target.click(), { once: true });
}

const OPEN = ":is(dialog[open], :popover-open)"; // forgiving: an older browser knows no popovers

const isField = (element: Element | null): boolean => element?.matches("input:not([type=checkbox], [type=radio]), textarea, select") === true;

/** Whether something is typed in it that was not there before. */
const isWritten = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
  (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && element.value !== element.defaultValue;

/** Whether it is the box for scans, whose text is chosen then; any other field gives it the focus, or loses its own. */
function stays(field: HTMLInputElement | HTMLTextAreaElement): boolean {
  const box = document.querySelector<HTMLInputElement>("scan-box input[name=code]");
  if (field === box) box.select();
  else if (box !== null) box.focus();
  else field.blur();
  return field === box;
}

customElements.define("shortcut-keys", ShortcutKeys);
