declare namespace math {
  /** Adds two numbers. */
  function add(input: AddInput): Promise<number>;

  /** The answer, from a crate that only a patch of the workspace provides. */
  function answer(): Promise<number>;

  /** Counts on, from 255 to 0: a profile of the workspace turns overflow checks off. */
  function next(input: NextInput): Promise<number>;

  interface AddInput {
    /**
     * The first.
     * @format int32
     */
    a: number;
    /**
     * @default 1
     * @format int32
     */
    b?: number;
  }

  interface NextInput {
    /** @format uint8 */
    of: number;
  }
}

declare namespace odd {
  /** Prints to standard output, as a careless library does. */
  function chat(): Promise<boolean>;

  /** Takes the whole process with it. */
  function die(): Promise<null>;

  /** Hands out a picture of one dot. */
  function draw(): Promise<null>;

  /** Fails. */
  function fail(): Promise<null>;

  /** Adds to the run's log. */
  function log(): Promise<null>;

  /** Breaks. */
  function panic(): Promise<null>;

  /** Looks and changes nothing. */
  function peek(): Promise<boolean>;

  /** Removes everything. */
  function purge(input?: PurgeInput): Promise<number>;

  /** Never comes back. */
  function stay(): Promise<null>;

  function undocumented(): Promise<null>;

  interface PurgeInput {
    /** @default "" */
    what?: string;
  }
}
