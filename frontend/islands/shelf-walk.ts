// <shelf-walk>: around a row or a wall of titles; the arrows walk from title to title as one walks along a shelf. Past either end
// lies the way to the next stretch (`a[rel~=next]`, `a[rel~=prev]`) where the page has one. Tab goes through the titles all the same.

export class ShelfWalk extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("keydown", (event) => this.walk(event));
  }

  private walk(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const titles = [...this.querySelectorAll<HTMLElement>("ol > li > a, ul > li > a")];
    const at = titles.indexOf(document.activeElement as HTMLElement);
    const to = at < 0 ? undefined : goal(event.key, at, titles.length, across(titles));
    if (to === undefined) return;
    const goes = titles[to] ?? (Math.abs(to - at) === 1 ? document.querySelector<HTMLElement>(`a[rel~=${to < 0 ? "prev" : "next"}]`) : null);
    event.preventDefault();
    goes?.focus();
  }
}

/** Which place a key leads to, of `count`, with `wide` in a line: -1 and `count` are just past the ends; undefined is no key of ours. */
export function goal(key: string, at: number, count: number, wide: number): number | undefined {
  const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };
  if (wide < count) Object.assign(steps, { ArrowDown: wide, ArrowUp: -wide });
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const step = steps[key];
  return step === undefined ? undefined : at + step;
}

/** How many titles stand in the first line. */
function across(titles: HTMLElement[]): number {
  const top = titles[0]?.getBoundingClientRect().top;
  return titles.filter((each) => each.getBoundingClientRect().top === top).length;
}

customElements.define("shelf-walk", ShelfWalk);
