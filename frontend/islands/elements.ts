// Making elements without markup in strings: whatever a record holds stays text.

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

export function button(label: string, run: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: "button small" }, label);
  made.addEventListener("click", run);
  return made;
}

/** The sentences of the page, by name: the server wrote them, in the reader's language, into the template with this id. */
export function wordsOf(id: string): (name: string) => string {
  const template = document.getElementById(id) as HTMLTemplateElement | null;
  const words = new Map<string, string>();
  for (const each of template?.content.querySelectorAll<HTMLElement>("[data-word]") ?? []) {
    words.set(each.dataset["word"] ?? "", each.textContent ?? "");
  }
  return (name) => words.get(name) ?? name;
}
