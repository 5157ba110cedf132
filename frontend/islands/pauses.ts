// How often a page that waits for an answer asks whether there is one.
export const FIRST = 1500;
const LONGEST = 20_000;

/** How long to wait before asking again: longer while nothing comes, at most LONGEST; a page nobody looks at asks rarely. */
export function nextPause(pause: number, hasNews: boolean, isHidden: boolean): number {
  if (isHidden) return LONGEST * 3;
  return hasNews ? FIRST : Math.min(pause * 1.4, LONGEST);
}
