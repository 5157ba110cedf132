// What a scanner sends, made clean, and one scan at a time: a code that comes while another is on its way waits for its turn.

const STRAY = /[\u0000-\u001f\u007f\u200b-\u200f\ufeff]/g;

/** The code itself: without line ends, tabs, blanks around it, or the asterisks with which Code 39 begins and ends. */
export function clean(scanned: string): string {
  const bare = scanned.replace(STRAY, " ").trim();
  const framed = /^\*(.+)\*$/.exec(bare);
  return (framed?.[1] ?? bare).trim();
}

export class ScanQueue {
  private readonly waiting: string[] = [];
  private underWay = false;
  private last = { code: "", at: Number.NEGATIVE_INFINITY };

  /** `send` posts one code; `repeatAfter` is how many milliseconds must pass before the same code counts as a new scan. */
  constructor(
    private readonly send: (code: string) => void,
    private readonly repeatAfter = 900,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes a scan. Says whether it counts; an empty one or the same code twice in a breath does not. */
  take(scanned: string): boolean {
    const code = clean(scanned);
    const at = this.now();
    if (code === "") return false;
    if (code === this.last.code && at - this.last.at < this.repeatAfter) return false;
    this.last = { code, at };
    this.waiting.push(code);
    this.next();
    return true;
  }

  /** The answer to the code under way has come, or its request failed. */
  answered(): void {
    this.underWay = false;
    this.next();
  }

  private next(): void {
    if (this.underWay) return;
    const code = this.waiting.shift();
    if (code === undefined) return;
    this.underWay = true;
    this.send(code);
  }
}
