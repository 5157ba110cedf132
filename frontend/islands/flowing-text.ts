// The words of a part of a book as they are read: one space for any, a paragraph for each block, and where each letter stands.
import { PARAGRAPH } from "./reading-places";

const BLOCKS = "address,article,aside,blockquote,body,dd,div,dl,dt,fieldset,figcaption,figure,footer,h1,h2,h3,h4,h5,h6,header,hr,li,main,nav,ol,p,pre,section,table,td,th,tr,ul";
const UNREAD = "script,style,rt,rp,[hidden],[aria-hidden='true']";

export class FlowingText {
  readonly text: string;
  private readonly nodes: Text[] = [];
  private readonly which: number[] = [];
  private readonly offsets: number[] = [];

  constructor(private readonly doc: Document) {
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    let text = "";
    let block: Element | null = null;
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const within = node.parentElement;
      if (!within || within.closest(UNREAD)) continue;
      const own = within.closest(BLOCKS);
      const at = this.nodes.push(node) - 1;
      const put = (letter: string, offset: number): void => {
        text += letter;
        this.which.push(at);
        this.offsets.push(offset);
      };
      if (own !== block && text && !text.endsWith(PARAGRAPH) && node.data.trim()) put(PARAGRAPH, 0);
      if (node.data.trim()) block = own;
      for (let offset = 0; offset < node.data.length; offset++) {
        const letter = node.data[offset]!;
        if (!/\s/.test(letter)) put(letter, offset);
        else if (text && !/\s$/.test(text)) put(" ", offset);
      }
    }
    this.text = text;
  }

  /** Where in the text the range begins. */
  beginningOf(range: Range): number {
    let [low, high] = [0, this.which.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (range.comparePoint(this.nodes[this.which[middle]!]!, this.offsets[middle]!) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The letters from `from` to before `to`, as a range of the document. */
  range(from: number, to: number): Range {
    const found = this.doc.createRange();
    found.setStart(this.nodes[this.which[from]!]!, this.offsets[from]!);
    found.setEnd(this.nodes[this.which[to - 1]!]!, this.offsets[to - 1]! + 1);
    return found;
  }
}
