// What the site's scripts take from each other, from the site's build and from the theme's HTML, for the check of types.

/** By docs/assets/distance.js: letters to add, drop, change or swap with their neighbour. */
declare var editDistance: (a: string, b: string, most: number) => number;

// -- light or dark: theme/partials/javascripts/palette.html -> page.js

declare var chosenScheme: string | null;
declare var changeScheme: () => void;

// -- the search: letters.js and words.js and the built index -> engine.js -> search.js

/** A section of a page, as tests/harness/site/index.py writes it. */
type IndexRow = [address: string, title: string, page: string, lines: string[], boost: number, isAsked: boolean];

/** What engine.js shows of a section: its line as pieces, each marked as found or not. */
interface FoundSection {
  address: string;
  title: string;
  page: string;
  line: [text: string, marked: boolean][];
}

/** What search.js lists, and what it says of that. */
type SearchAnswer = [items: Element[], words: string];

declare var searchIndex: IndexRow[];
declare var searchWords: string[][];
declare var searchFiller: string[];
declare var searchVague: string[];
declare var searchLetters: {
  letters(text: string): string;
  isKorean(word: string): boolean;
  syllables(word: string): number;
  otherLayout(word: string): string;
  skeleton(word: string): string;
  soundsAs(korean: string, english: string): boolean;
};
/** The nearest pages, best first, each with its best sections; and how many pages were found. */
declare var siteSearch: (query: string) => { pages: FoundSection[][]; count: number };
/** The words of a query that neither a page nor a reader's question says, where they are no small part of it. */
declare var siteMissing: (query: string) => string[];

// -- the player: docs/assets/player, and recordings/ as tests/harness/site/recordings.py writes them

/** A recording's name -> its text, an asciicast. */
declare var recordings: Record<string, string>;
/** By docs/assets/replay.js: plays the recording that a button names, under its block. */
declare var replay: (button: HTMLElement) => void;
declare var AsciinemaPlayer: {
  create(source: { data: string }, element: HTMLElement, options: Record<string, unknown>): {
    addEventListener(event: "ended", listener: () => void): void;
    dispose(): void;
  };
};

// -- practice: the scripts in docs/assets/practice, in the order in which each needs those before it, and practice/ as
//    tests/harness/site/practice/ writes it

/** A word without its quotes, or what stands between words; of a here-document also its text. */
interface ShellToken {
  word?: string;
  op?: string;
  text?: string;
}

interface ShellText {
  tokens: ShellToken[];
  unfinished: boolean;
}

/** A program with its options by their long names; a flag has empty values. */
interface ShellCommand {
  lead: string[]; // what stands before it: `A=1`, `do`
  name: string; // the shortest that docker has for it
  typed: string; // its name as it was typed
  options: Record<string, string[]>;
  args: string[];
  starts: ShellCommand | null; // what sudo and their like start
}

/** A command with the operator before it, and the files that it reads and writes. */
type ShellPiece = ShellCommand & { before: string; files: string[] };

/** What a reader types, or a file that the page has him write. */
interface PracticeStep {
  section?: string;
  anchor?: string;
  file?: string;
  task?: string;
  terminal?: number;
  prompt?: string;
  command?: string;
  shown?: string; // as the page has it, where the run had other ids or ports
  output?: string;
  status?: number;
  pauses?: number[]; // milliseconds before each line of the output, and behind the last
  after?: string; // the prompt behind it, where the page shows one
  waits?: boolean; // until Ctrl+C
  sample?: boolean; // its output is the page's, while others are a run's
}

interface PracticePage {
  page: string;
  lessons: number; // how many the guide has
  source: string;
  terminals: string[];
  ids: Record<string, string>; // the page's -> the run's
  names: Record<string, string>; // ids that the run shows -> the containers' names
  errors: Record<string, string>;
  steps: PracticeStep[];
}

/** What to say of a command that isn't the wanted one. */
interface PracticeSaid {
  note: string;
  error?: [kind: string, word: string];
  far?: boolean; // it is another altogether
  isSlip?: boolean; // its name is misspelt
  isBegun?: boolean; // what `&&` joins to it may still be typed
}

interface PracticeAnswer {
  step?: PracticeStep; // that was done
  files?: (string | undefined)[]; // that the page has the reader write behind it
  output?: string;
  note?: string;
  isBegun?: boolean;
}

interface PracticeLesson {
  readonly step: PracticeStep;
  readonly done: number;
  readonly total: number;
  readonly past: PracticeStep[];
  readonly isHinted: boolean;
  prompt(terminal: number): string;
  help(terminal: number): PracticeAnswer;
  answer(text: string, terminal: number): PracticeAnswer;
  restart(): void;
}

interface PracticeScreen {
  log: HTMLElement;
  typed(prompt: string, command: string): void;
  note(text: string): void;
  status(number: number): void;
  print(output: string, pauses: number[]): Promise<void>;
  follow(): void;
  skip(): void;
  clear(): void;
}

declare var practicePage: PracticePage;
declare var practiceOptions: {
  flags: string[];
  commands: string[]; // that docker has
  noFlags: string[];
  runsAnother: string[];
  groups: string[];
  starters: string[];
  longOnly: string[];
} & Record<"flagsOf" | "letters" | "others" | "shortFor" | "sameWord", Record<string, string>> & {
  long: Record<string, Record<string, string>>;
};
declare var practiceShell: {
  read(text: string): ShellText;
  split(text: string): { commands: string[]; rest: string };
  leads: Set<string>;
  active: string;
};
declare var practiceCommands: {
  parse(text: string): ShellPiece[];
  short(name: string, option: string): string;
};
declare var practiceCompare: {
  compare(page: PracticePage, wanted: string, typed: string): PracticeSaid | null;
  thing(page: PracticePage, word: string): string | null;
};
declare var practiceLesson: {
  begin(page: PracticePage, done: number): PracticeLesson;
  hint(command: string): string;
};
declare var practiceScreen: {
  make(tag: string, given?: Record<string, unknown>, ...children: (Node | string)[]): HTMLElement;
  marked(text: string): (Node | string)[];
  screen(name: string): PracticeScreen;
};
type PracticeElement =
  "panel" | "count" | "close" | "task" | "box" | "help" | "stop" | "again" | "course" | "prompt" | "more" | "form";
declare var practiceLayout: (page: PracticePage, total: number) => Record<PracticeElement, HTMLElement> & {
  bar: HTMLProgressElement;
  input: HTMLTextAreaElement;
  tabs: HTMLElement[];
};
/** Opens the panel; `opener` gets the focus back. */
declare var practicePanel: { open(opener: HTMLElement): Promise<void> };

// -- the worker: docs/worker.js, with the list by tests/harness/site/offline.py before it

/** By their addresses, the digests of the files that are kept at once, and of those that are once they were used. */
declare var siteFiles: Record<"ahead" | "used", Record<string, string>> | undefined;

interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  readonly preloadResponse: Promise<Response | undefined>;
  respondWith(response: Promise<Response>): void;
}

interface WindowEventMap {
  install: ExtendableEvent;
  activate: ExtendableEvent;
  fetch: FetchEvent;
}

declare var registration: ServiceWorkerRegistration;
declare var clients: { claim(): Promise<void> };
declare function skipWaiting(): Promise<void>;

// -- the HTML, which these types can't see: what a selector names is there, and an HTML element. tests/site look.

type Selected<Selector> = Selector extends keyof HTMLElementTagNameMap
  ? HTMLElementTagNameMap[Selector]
  : Selector extends `input[${string}`
    ? HTMLInputElement
    : Selector extends `select[${string}`
      ? HTMLSelectElement
      : Selector extends `a.${string}`
        ? HTMLAnchorElement
        : Selector extends `link[${string}`
          ? HTMLLinkElement
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
