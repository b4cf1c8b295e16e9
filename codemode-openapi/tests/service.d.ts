declare namespace books {
  /** Adds a book. */
  function create(input: CreateInput): Promise<Book | null>;

  /** @deprecated */
  function delete_(input: Delete_Input): Promise<null>;

  /** Finds a book. */
  function getById(input: GetByIdInput): Promise<Book>;

  function getCover(input: GetCoverInput): Promise<Uint8Array>;

  /**
   * Lists the books.
   *
   * In the order of their titles.
   */
  function list(input?: ListInput): Promise<Book[]>;

  function replace(input: ReplaceInput): Promise<null>;

  function setCover(input: SetCoverInput): Promise<null>;

  function setText(input: SetTextInput): Promise<number>;

  interface Book {
    id: number;
    /** @example "Emma" */
    title: string;
    subtitle?: string | null;
    genre?: Genre;
    sequel?: Book | null;
    /** @schema "$ref": "authors.yaml#/Author" */
    author?: unknown;
  }

  interface BookInput {
    /** @example "Emma" */
    title: string;
    subtitle?: string | null;
    genre?: Genre;
    secret?: string;
    sequel?: BookInput | null;
    /** @schema "$ref": "authors.yaml#/Author" */
    author?: unknown;
  }

  interface CreateInput {
    /**
     * @default 1
     * @format integer
     * @exclusiveMinimum 0
     */
    page?: number;
    /** @example "Emma" */
    title: string;
    subtitle?: string | null;
    genre?: Genre;
    secret?: string;
    sequel?: BookInput | null;
    /** @schema "$ref": "authors.yaml#/Author" */
    author?: unknown;
  }

  interface Delete_Input {
    id: string;
  }

  type Genre = "novel" | "poem";

  interface GetByIdInput {
    /** @format integer */
    id: number;
    /** As it was then. */
    idInQuery?: string;
  }

  interface GetCoverInput {
    id: string;
  }

  interface ListInput {
    /**
     * @default 1
     * @format integer
     * @exclusiveMinimum 0
     */
    page?: number;
    /** Of one of these. */
    genre?: Genre[];
    filter?: {
      /** @format date */
      since?: string;
    };
    "X-Request-Id"?: string;
    session?: string;
  }

  interface ReplaceInput {
    /** @format integer */
    id: number;
    body: {
      /** @format integer */
      id: number;
      title?: string;
    };
  }

  interface SetCoverInput {
    id: string;
    picture: Uint8Array;
    note?: string;
  }

  interface SetTextInput {
    id: string;
    /** As `text/plain`. */
    body: string;
  }
}

declare namespace search {
  function search(input?: SearchInput): Promise<unknown>;

  interface SearchInput {
    q?: string;
  }
}
