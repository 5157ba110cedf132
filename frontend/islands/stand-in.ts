// What of a browser the islands' tests need: elements that hear events and keep their attributes.

export class Element extends EventTarget {
  hidden = false;
  tabIndex = -1;
  textContent = "";
  readonly inside = new Map<string, unknown>();
  readonly around = new Map<string, Element>();
  private readonly attributes = new Map<string, string>();

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }

  /** What the test put inside under this selector. */
  querySelector(selector: string): unknown {
    return this.inside.get(selector) ?? null;
  }

  /** What the test put around it under this selector. */
  closest(selector: string): Element | null {
    return this.around.get(selector) ?? null;
  }

  click(): void {
    this.dispatchEvent(new Event("click"));
  }
}

/** Make these names known to every module, as a browser does. */
export function browser(names: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(names)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

export function key(pressed: string, more: object = {}): Event {
  return Object.assign(new Event("keydown", { cancelable: true, bubbles: true }), { key: pressed, ...more });
}

/** The class an island registers itself with, once `load` has run. */
export async function island<Island>(name: string, load: () => Promise<unknown>): Promise<new () => Island & Element> {
  const defined = new Map<string, unknown>();
  browser({ HTMLElement: Element, customElements: { define: (as: string, made: unknown) => defined.set(as, made) } });
  await load();
  return defined.get(name) as new () => Island & Element;
}
