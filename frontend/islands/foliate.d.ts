// What we use of foliate-js, which comes without types.
declare module "foliate-js/view.js" {
  export interface Heading {
    label: string;
    href: string;
    subitems?: Heading[];
  }
  export interface Place {
    fraction?: number;
    cfi: string;
    range?: Range;
    section?: { current: number };
    tocItem?: { label?: string };
  }
  export interface Book {
    sections: { id: string; linear?: string }[];
    toc?: Heading[];
    dir?: string;
    metadata?: { language?: string };
    resolveHref(href: string): { index: number };
  }
  export interface Renderer extends HTMLElement {
    setStyles?(styles: string): void;
    getContents(): { doc: Document; index: number }[];
    goTo(target: { index: number; anchor?: number | ((doc: Document) => Range | Element | number) }): Promise<void>;
  }
  export class View extends HTMLElement {
    book: Book;
    renderer: Renderer;
    open(book: unknown): Promise<void>;
    init(options: { lastLocation?: string | null; showTextStart?: boolean }): Promise<void>;
    goTo(target: string | number | { fraction: number }): Promise<unknown>;
    goToFraction(fraction: number): Promise<void>;
    goLeft(): Promise<void>;
    goRight(): Promise<void>;
    next(): Promise<void>;
    prev(): Promise<void>;
    getCFI(index: number, range?: Range): string;
    addAnnotation(annotation: { value: string; color?: string }, remove?: boolean): Promise<unknown>;
  }
}
declare module "foliate-js/epub.js" {
  export class EPUB {
    constructor(loader: {
      loadText(name: string): Promise<string | null>;
      loadBlob(name: string, type?: string): Promise<Blob | null>;
      getSize(name: string): number;
      sha1?: (text: string) => Promise<Uint8Array>;
    });
    init(): Promise<{ transformTarget: EventTarget }>;
  }
}
declare module "foliate-js/overlayer.js" {
  export class Overlayer {
    static highlight(rects: DOMRectList, options?: { color?: string }): SVGElement;
  }
}
