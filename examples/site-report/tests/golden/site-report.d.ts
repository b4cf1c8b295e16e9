declare namespace analytics {
  /**
   * Page views per day, oldest first.
   *
   * A day without views is in the list, with zeros. Days before the log begins or after it ends
   * aren't.
   */
  function dailyViews(input: DailyViewsInput): Promise<DayViews[]>;

  /** Paths that were asked for in vain, such as broken links, most requests first. */
  function failedPaths(input: FailedPathsInput): Promise<FailedPath[]>;

  /** Which days the log covers, and how many of its lines couldn't be understood. */
  function importReport(): Promise<ImportReport>;

  /** Where people came from, most views first. */
  function referrers(input: ReferrersInput): Promise<SourceViews[]>;

  /** Counts requests by their HTTP status, such as { "200": 57, "404": 3 }. */
  function statusCodes(input: StatusCodesInput): Promise<Record<string, number>>;

  /**
   * All the figures of a period at once. To compare two periods, ask for both and compare field by
   * field.
   */
  function summary(input: SummaryInput): Promise<Summary>;

  /** The pages that people saw most, most views first. */
  function topPages(input: TopPagesInput): Promise<PageViews[]>;

  /** Whose requests count. */
  type Audience =
    /** People with a browser. */
    | "people"
    /** Search engines, monitors and other programs. */
    | "bots"
    /** All of them. */
    | "everyone";

  interface DailyViewsInput {
    /**
     * First day, inclusive, as YYYY-MM-DD.
     * @format date
     */
    since: string;
    /**
     * At most this many days.
     * @default 30
     * @format uint32
     * @maximum 366
     * @minimum 1
     */
    days?: number;
  }

  /** The traffic of one day. */
  interface DayViews {
    /**
     * The day, as YYYY-MM-DD.
     * @format date
     */
    day: string;
    /**
     * Pages shown to people; requests of bots, and of images and other parts of pages, don't count.
     */
    views: number;
    /** Different addresses that these views came from. */
    visitors: number;
  }

  /** A path that was asked for in vain. */
  interface FailedPath {
    /** The path, without the query. */
    path: string;
    /**
     * The HTTP status of the answers: 400 to 499 is the client's fault, 500 to 599 the server's.
     */
    status: number;
    /** How often it was asked for. */
    requests: number;
    /** The pages that link to it, as far as known, in alphabetical order. */
    linkedFrom: string[];
  }

  interface FailedPathsInput {
    /** The days to count. */
    period: Period;
    /**
     * Whose requests count.
     * @default "everyone"
     */
    audience?: Audience;
    /**
     * At most this many paths.
     * @default 10
     * @format uint32
     * @maximum 100
     * @minimum 1
     */
    limit?: number;
  }

  /** What became of a log's lines when it was imported. */
  interface ImportReport {
    /** Lines that hold a request; all figures come from these. */
    requests: number;
    /** Lines that couldn't be understood and aren't in any figure. */
    malformed: number;
    /** The first few of the malformed lines. */
    malformedLines: MalformedLine[];
    /**
     * The day of the first request; null when there is none.
     * @format date
     */
    firstDay: string | null;
    /**
     * The day of the last request; null when there is none.
     * @format date
     */
    lastDay: string | null;
  }

  /** A line of the log that couldn't be understood. */
  interface MalformedLine {
    /** Its number in the log, counted from 1. */
    line: number;
    /** What is wrong with it. */
    reason: string;
  }

  /** The traffic of one page. */
  interface PageViews {
    /** Path of the page, without the query, such as "/docs/install". */
    path: string;
    /** How often people saw it. */
    views: number;
    /** Different addresses that these views came from. */
    visitors: number;
    /** Its part of all views of the period, from 0 to 1. */
    share: number;
  }

  /** A span of whole days, both ends included. */
  interface Period {
    /**
     * First day, as YYYY-MM-DD.
     * @format date
     */
    from: string;
    /**
     * Last day, as YYYY-MM-DD; not before `from`.
     * @format date
     */
    to: string;
  }

  interface ReferrersInput {
    /** The days to count. */
    period: Period;
    /**
     * Host of the site itself, such as "www.example.com"; what its own links bring isn't counted.
     */
    ownHost?: string | null;
    /**
     * At most this many sources.
     * @default 10
     * @format uint32
     * @maximum 100
     * @minimum 1
     */
    limit?: number;
  }

  /** Requests of all kinds: pages and their parts, of people and of bots. */
  interface RequestTotals {
    /** All requests. */
    total: number;
    /** Those of bots. */
    bots: number;
    /** Those answered with a status from 400 to 599. */
    failed: number;
    /** Bytes sent in all. */
    bytes: number;
    /** Requests for each HTTP status that occurred, such as { "200": 57, "404": 3 }. */
    byStatus: Record<string, number>;
  }

  /** Where people came from. */
  type Source =
    /** From nowhere that is known: an address typed in, a bookmark, a link in a mail. */
    | { kind: "direct" }
    /** From the results of a search engine. */
    | {
        kind: "search";
        /** Its name, such as "google". */
        engine: string;
      }
    /** By a link on another site. */
    | {
        kind: "site";
        /** Host of that site, such as "news.example.org". */
        host: string;
      };

  /** The views that a source brought. */
  interface SourceViews {
    /** Where people came from. */
    source: Source;
    /** Page views that it led to. */
    views: number;
  }

  interface StatusCodesInput {
    /** The days to count. */
    period: Period;
    /**
     * Whose requests count.
     * @default "everyone"
     */
    audience?: Audience;
  }

  /**
   * All the figures of a period. Made for comparing two of them: fields are the same for each
   * period.
   */
  interface Summary {
    /** The period, as it was asked for. */
    period: Period;
    /** Days in the period. */
    days: number;
    /** Pages shown to people. */
    views: number;
    /** Different addresses that these views came from. */
    visitors: number;
    /** Requests of all kinds. */
    requests: RequestTotals;
    /** The day with the most views, the earliest of equals; null when there was no view. */
    busiestDay: DayViews | null;
    /** The page with the most views; null when there was no view. */
    topPage: PageViews | null;
  }

  interface SummaryInput {
    /** The days to count. */
    period: Period;
  }

  interface TopPagesInput {
    /** The days to count. */
    period: Period;
    /**
     * At most this many pages.
     * @default 10
     * @format uint32
     * @maximum 100
     * @minimum 1
     */
    limit?: number;
  }
}

declare namespace email {
  /** Sends a plain text message to one person or list. */
  function send(input: SendInput): Promise<Receipt>;

  /** Where a message went. */
  type Delivery =
    /** Into a file of the outbox folder; nobody has got it. */
    | {
        kind: "outbox";
        /** Path of the file, which has the format of a mail message. */
        file: string;
      }
    /** To a mail server, which has taken charge of it. */
    | {
        kind: "smtp";
        /** Host and port of the server. */
        server: string;
      };

  /** What became of a message. */
  interface Receipt {
    /** The address that the message is for, without a name. */
    to: string;
    /** Where it went. */
    delivery: Delivery;
  }

  interface SendInput {
    /** The recipient: "team@example.org", or "The team <team@example.org>". */
    to: string;
    /** A single line. */
    subject: string;
    /** The text, of as many lines as needed. */
    body: string;
  }
}
