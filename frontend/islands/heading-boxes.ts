// <heading-boxes src="…" label="…">: inside a form; offers established headings in every box that says data-headings="person,body", where
// each line is one heading.
import { HeadingChoices, type Heading } from "./heading-choices";

/** The line of the box in which the caret stands at the end; null when it stands elsewhere. */
export function lineAt(text: string, caret: number): { start: number; line: string } | null {
  if (caret < text.length && text[caret] !== "\n") return null;
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  return { start, line: text.slice(start, caret) };
}

class HeadingBoxes extends HTMLElement {
  connectedCallback(): void {
    const form = this.closest("form");
    if (!form) return;
    const choices = new HeadingChoices(this.getAttribute("src") ?? "", this.getAttribute("label") ?? "", (box, heading) => this.take(box as HTMLTextAreaElement, heading));
    form.addEventListener("input", (event) => {
      const box = event.target as HTMLTextAreaElement;
      const at = box.dataset?.["headings"] ? lineAt(box.value, box.selectionStart) : null;
      if (at) choices.typed(box, at.line, box.dataset["headings"]!);
      else choices.close();
    });
    form.addEventListener("keydown", (event) => void choices.key(event), true);
    form.addEventListener("focusout", () => choices.close());
  }

  private take(box: HTMLTextAreaElement, { heading }: Heading): void {
    const at = lineAt(box.value, box.selectionStart);
    if (!at) return;
    box.setRangeText(heading, at.start, at.start + at.line.length, "end");
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

customElements.define("heading-boxes", HeadingBoxes);
