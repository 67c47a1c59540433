// What the site's scripts take from each other, from the site's build and from the theme's HTML, for the check of types.

// -- the search: letters.js and words.js and the built index -> engine.js -> box.js

/** A section of a page, as tests/harness/site/index.py writes it. */
type IndexRow = [address: string, title: string, page: string, lines: string[], boost: number, isAsked: boolean];

/** What engine.js shows of a section: its line as pieces, each marked as found or not. */
interface FoundSection {
  address: string;
  title: string;
  page: string;
  line: [text: string, marked: boolean][];
}

/** What box.js lists, and what it says of that. */
type SearchAnswer = [items: Element[], words: string];

declare var searchIndex: IndexRow[];
declare var searchWords: string[][];
declare var searchFiller: string[];
declare var searchLetters: {
  letters(text: string): string;
  isKorean(word: string): boolean;
  syllables(word: string): number;
  otherLayout(word: string): string;
  skeleton(word: string): string;
  distance(a: string, b: string, most: number): number;
};
/** Pages, best first, each with its best sections. */
declare var siteSearch: (query: string) => FoundSection[][];
/** The words of a query that neither a page nor a reader's question says. */
declare var siteMissing: (query: string) => string[];

// -- the player: docs/assets/player, and recordings/ as tests/harness/site/recordings.py writes them

/** A recording's name -> its text, an asciicast. */
declare var recordings: Record<string, string>;
declare var AsciinemaPlayer: {
  create(source: { data: string }, element: HTMLElement, options: Record<string, unknown>): {
    addEventListener(event: "ended", listener: () => void): void;
    dispose(): void;
  };
};

// -- the HTML, which these types can't see: what a selector names is there, and an HTML element. tests/site look.

type Selected<Selector> = Selector extends keyof HTMLElementTagNameMap
  ? HTMLElementTagNameMap[Selector]
  : Selector extends `input[${string}`
    ? HTMLInputElement
    : Selector extends `select[${string}`
      ? HTMLSelectElement
      : HTMLElement;

interface ParentNode {
  querySelector<Selector extends string>(selector: Selector): Selected<Selector>;
  querySelectorAll<Selector extends string>(selector: Selector): NodeListOf<Selected<Selector>>;
}

interface Element {
  closest<Selector extends string>(selector: Selector): Selected<Selector>;
}

interface Document {
  getElementById(id: "__drawer" | "__search"): HTMLInputElement;
  getElementById(id: string): HTMLInputElement | null;
}
