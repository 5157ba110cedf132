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

/** A size in the measure that people know: 820 KB, 12,4 MB. */
export function sizeOf(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [Math.max(1, Math.round(bytes / 1e3)), "KB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value.toLocaleString(document.documentElement.lang || "id", { maximumFractionDigits: 1 })} ${unit}`;
}

export function cookie(name: string): string {
  return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1] ?? "";
}
