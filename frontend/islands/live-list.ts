// <live-list>: what is ticked, unfolded or focused in it stays so when htmx draws the list in it anew.

const REACHED = "a, button, summary, input";

interface Held {
  ticked: Set<string>;
  unfolded: Set<string>;
  focused: string;
}

export class LiveList extends HTMLElement {
  private held: Held = { ticked: new Set(), unfolded: new Set(), focused: "" };

  connectedCallback(): void {
    this.addEventListener("htmx:beforeSwap", this.remember);
    this.addEventListener("htmx:afterSwap", this.restore);
  }

  disconnectedCallback(): void {
    this.removeEventListener("htmx:beforeSwap", this.remember);
    this.removeEventListener("htmx:afterSwap", this.restore);
  }

  private readonly remember = (): void => {
    const at = document.activeElement;
    this.held = {
      ticked: marks(this.querySelectorAll("input:checked")),
      unfolded: marks(this.querySelectorAll("details[open] > summary")),
      focused: at !== null && this.contains(at) ? mark(at) : "",
    };
  };

  private readonly restore = (): void => {
    for (const box of this.querySelectorAll<HTMLInputElement>("input[type=checkbox]")) box.checked = this.held.ticked.has(mark(box));
    for (const head of this.querySelectorAll("details > summary")) if (this.held.unfolded.has(mark(head))) (head.parentElement as HTMLDetailsElement).open = true;
    if (this.held.focused === "" || this.contains(document.activeElement)) return;
    [...this.querySelectorAll<HTMLElement>(REACHED)].find((each) => mark(each) === this.held.focused)?.focus({ preventScroll: true });
  };
}

/** What an element is known by when it is drawn anew. */
const mark = (element: Element): string =>
  [element.tagName, ...["name", "value", "href"].map((name) => element.getAttribute(name) ?? "")].join("|") + (element.tagName === "SUMMARY" ? (element.textContent ?? "") : "");

const marks = (elements: Iterable<Element>): Set<string> => new Set([...elements].map(mark));

customElements.define("live-list", LiveList);
